import type { Usual } from '../vendor/mapping.ts'

/** HubSpot's own properties, as rows of ours. Contacts and companies number their records apart, so their keys differ. */
export const HUBSPOT_USUAL: Usual = {
  contacts: {
    customer: {
      fields: {
        keys: { crm: 'hs_object_id', email: 'email' },
        at: 'lastmodifieddate',
        name: 'hs_full_name_or_email',
        phone: 'hs_calculated_phone_number',
        ltv: 'total_revenue',
      },
    },
  },
  companies: {
    customer: {
      fields: {
        keys: { company: 'hs_object_id', domain: 'domain' },
        at: 'hs_lastmodifieddate',
        name: 'name',
        ltv: 'total_revenue',
      },
    },
  },
  deals: {
    event: {
      fields: {
        customer: { crm: 'associations.contacts' },
        kind: { value: 'payment' },
        at: 'closedate',
        amount: 'amount_in_home_currency',
      },
      only: { hs_is_closed_won: true },
    },
  },
  tickets: {
    feedback: {
      fields: {
        customer: { crm: 'associations.contacts' },
        at: 'createdate',
        channel: { value: 'ticket' },
        text: 'content',
      },
    },
    event: {
      fields: {
        customer: { crm: 'associations.contacts' },
        kind: { value: 'ticket_opened' },
        at: 'createdate',
      },
    },
  },
  feedback_submissions: {
    feedback: {
      fields: {
        customer: { crm: 'associations.contacts' },
        at: 'hs_submission_timestamp',
        channel: { value: 'survey' },
        text: 'hs_content',
      },
    },
  },
}
