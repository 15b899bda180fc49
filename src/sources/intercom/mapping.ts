import { z } from 'zod'
import { strict } from '../row-mapping.ts'
import { variable } from '../variable.ts'
import { address } from '../vendor/address.ts'
import { rowsByKind, vendorNamed } from '../vendor/mapping.ts'

const rows = rowsByKind({
  contacts: 'customer',
  opened: 'event',
  resolved: 'event',
  messages: 'feedback',
  ratings: 'feedback',
})

/** An Intercom workspace: its contacts and conversations. */
export const intercomMappingSchema = strict({
  ...vendorNamed,
  type: z.literal('intercom'),
  token: variable.default('INTERCOM_TOKEN').describe("Variable that holds the app's access token"),
  url: address
    .default('https://api.intercom.io')
    .describe(
      'Root of the API: https://api.eu.intercom.io or https://api.au.intercom.io for a workspace there',
    ),
  ...rows.schema,
})

export type IntercomMapping = z.infer<typeof intercomMappingSchema>

/** The kinds of rows it yields. */
export const intercomKinds = rows.kindsOf
