import { z } from 'zod'
import { customerFields, eventFields, feedbackFields, strict } from '../row-mapping.ts'
import { variable } from '../variable.ts'
import { address } from '../vendor/address.ts'
import { type Kinds, leaving, vendorNamed } from '../vendor/mapping.ts'

/** A Zendesk account: its users, tickets, comments and ratings, read together because they are exported together. */
export const zendeskMappingSchema = strict({
  ...vendorNamed,
  type: z.literal('zendesk'),
  url: address.describe("The account's address, https://acme.zendesk.com"),
  email: variable.default('ZENDESK_EMAIL').describe('Variable that holds the e-mail of the token’s admin'),
  token: variable.default('ZENDESK_TOKEN').describe('Variable that holds the API token'),
  fields: strict({
    users: customerFields,
    opened: eventFields,
    resolved: eventFields,
    comments: feedbackFields,
    ratings: feedbackFields,
  }).describe('What to read otherwise than usual, by kind of row'),
  skip: z
    .array(z.enum(['users', 'opened', 'resolved', 'comments', 'ratings']))
    .default([])
    .describe('Kinds of rows to leave out'),
})

export type ZendeskMapping = z.infer<typeof zendeskMappingSchema>

/** The kinds of rows it yields. */
export function zendeskKinds({ fields, skip }: ZendeskMapping): Kinds {
  return leaving(skip, {
    users: { record: 'customer', fields: fields.users },
    opened: { record: 'event', fields: fields.opened },
    resolved: { record: 'event', fields: fields.resolved },
    comments: { record: 'feedback', fields: fields.comments },
    ratings: { record: 'feedback', fields: fields.ratings },
  })
}
