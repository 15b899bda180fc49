import { z } from 'zod'
import { strict } from '../row-mapping.ts'
import { variable } from '../variable.ts'
import { address } from '../vendor/address.ts'
import { rowsByKind, vendorNamed } from '../vendor/mapping.ts'

const rows = rowsByKind({
  users: 'customer',
  opened: 'event',
  resolved: 'event',
  comments: 'feedback',
  ratings: 'feedback',
  surveys: 'feedback',
})

/** A Zendesk account: its users, tickets, comments and ratings, read together because they are exported together. */
export const zendeskMappingSchema = strict({
  ...vendorNamed,
  type: z.literal('zendesk'),
  url: address.describe("The account's address, https://acme.zendesk.com"),
  email: variable.default('ZENDESK_EMAIL').describe('Variable that holds the e-mail of the token’s admin'),
  token: variable.default('ZENDESK_TOKEN').describe('Variable that holds the API token'),
  ...rows.schema,
})

export type ZendeskMapping = z.infer<typeof zendeskMappingSchema>

/** The kinds of rows it yields. */
export const zendeskKinds = rows.kindsOf
