import { z } from 'zod'
import { customerFields, eventFields, feedbackFields, strict } from '../row-mapping.ts'
import { variable } from '../variable.ts'
import { address } from '../vendor/address.ts'
import { type Kinds, leaving, vendorNamed } from '../vendor/mapping.ts'

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
  fields: strict({
    contacts: customerFields,
    opened: eventFields,
    resolved: eventFields,
    messages: feedbackFields,
    ratings: feedbackFields,
  }).describe('What to read otherwise than usual, by kind of row'),
  skip: z
    .array(z.enum(['contacts', 'opened', 'resolved', 'messages', 'ratings']))
    .default([])
    .describe('Kinds of rows to leave out'),
})

export type IntercomMapping = z.infer<typeof intercomMappingSchema>

/** The kinds of rows it yields. */
export function intercomKinds({ fields, skip }: IntercomMapping): Kinds {
  return leaving(skip, {
    contacts: { record: 'customer', fields: fields.contacts },
    opened: { record: 'event', fields: fields.opened },
    resolved: { record: 'event', fields: fields.resolved },
    messages: { record: 'feedback', fields: fields.messages },
    ratings: { record: 'feedback', fields: fields.ratings },
  })
}
