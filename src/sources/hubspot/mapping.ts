import { z } from 'zod'
import { ofRows } from '../row-mapping.ts'
import { variable } from '../variable.ts'
import { address } from '../vendor/address.ts'
import { vendorNamed } from '../vendor/mapping.ts'
import { only } from '../vendor/only.ts'

/** One kind of HubSpot's objects, as rows of ours. */
export const hubspotMappingSchema = ofRows({
  ...vendorNamed,
  type: z.literal('hubspot'),
  object: z
    .string()
    .regex(
      /^[a-z0-9_-]+$/i,
      'is not an object; use contacts, companies, deals, tickets or the name of your own',
    )
    .describe('contacts, companies, deals, tickets, feedback_submissions, or the name or number of your own'),
  only,
  token: variable.default('HUBSPOT_TOKEN').describe("Variable that holds the private app's token"),
  url: address.default('https://api.hubapi.com').describe('Another root of the API'),
})

export type HubspotMapping = z.infer<typeof hubspotMappingSchema>
