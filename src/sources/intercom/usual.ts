/** What we make of Intercom's contacts and conversations. */
export const INTERCOM_USUAL = {
  contacts: {
    keys: { email: 'email', intercom: 'id' },
    at: 'updated',
    name: 'name',
    phone: 'phone',
    language: 'language_override',
  },
  opened: { customer: { intercom: 'contact' }, kind: { value: 'ticket_opened' }, at: 'opened' },
  resolved: {
    customer: { intercom: 'contact' },
    kind: { value: 'ticket_resolved' },
    at: 'resolved',
    duration: 'resolved_minutes',
  },
  messages: { customer: { intercom: 'contact' }, channel: { value: 'chat' }, at: 'said', text: 'text' },
  ratings: {
    customer: { intercom: 'contact' },
    channel: { value: 'survey' },
    at: 'rated',
    csat: { column: 'rating', scale: 5 },
    text: 'remark',
  },
} as const
