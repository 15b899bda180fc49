/** What we make of Zendesk's users, tickets, comments and ratings. */
export const ZENDESK_USUAL = {
  users: {
    keys: { email: 'email', zendesk: 'id' },
    at: 'updated_at',
    name: 'name',
    phone: 'phone',
    language: 'locale',
    timeZone: 'iana_time_zone',
  },
  opened: { customer: { zendesk: 'requester_id' }, kind: { value: 'ticket_opened' }, at: 'created_at' },
  resolved: {
    customer: { zendesk: 'requester_id' },
    kind: { value: 'ticket_resolved' },
    at: 'resolved_at',
    duration: 'resolved_minutes',
  },
  comments: {
    customer: { zendesk: 'author_id' },
    channel: { value: 'ticket' },
    at: 'created_at',
    text: 'text',
  },
  surveys: {
    customer: { zendesk: 'responder_id' },
    channel: { value: 'survey' },
    at: 'answered_at',
    csat: 'csat',
    text: 'comment',
  },
  ratings: {
    customer: { zendesk: 'requester_id' },
    channel: { value: 'survey' },
    at: 'updated_at',
    csat: 'csat',
    text: 'comment',
  },
} as const
