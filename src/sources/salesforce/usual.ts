import type { Usual } from '../vendor/mapping.ts'

/** Salesforce's own fields, as rows of ours. Its ids are unique over all objects, so contacts and accounts share a kind of key. */
export const SALESFORCE_USUAL: Usual = {
  Contact: {
    customer: {
      fields: {
        keys: { crm: 'Id', email: 'Email' },
        at: 'SystemModstamp',
        name: 'Name',
        phone: 'Phone',
        region: 'MailingState',
      },
    },
  },
  Account: {
    customer: {
      fields: {
        keys: { crm: 'Id' },
        at: 'SystemModstamp',
        name: 'Name',
        phone: 'Phone',
        region: 'BillingState',
      },
    },
  },
  Opportunity: {
    event: {
      fields: {
        customer: { crm: 'AccountId' },
        kind: { value: 'payment' },
        at: 'CloseDate',
        amount: 'Amount',
      },
      only: { IsWon: true },
    },
  },
  Case: {
    feedback: {
      fields: {
        customer: { crm: 'ContactId' },
        at: 'CreatedDate',
        channel: { value: 'ticket' },
        text: 'Description',
      },
    },
    event: {
      fields: { customer: { crm: 'ContactId' }, kind: { value: 'ticket_opened' }, at: 'CreatedDate' },
    },
  },
}
