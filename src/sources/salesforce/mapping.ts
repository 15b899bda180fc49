import { z } from 'zod'
import { ofRows } from '../row-mapping.ts'
import { variable } from '../variable.ts'
import { address } from '../vendor/address.ts'
import { vendorNamed } from '../vendor/mapping.ts'
import { only } from '../vendor/only.ts'

/** One kind of Salesforce's objects, as rows of ours. */
export const salesforceMappingSchema = ofRows({
  ...vendorNamed,
  type: z.literal('salesforce'),
  object: z
    .string()
    .regex(
      /^[a-z][a-z0-9_]*$/i,
      'is not an object; use Contact, Account, Case, Opportunity or the API name of your own',
    )
    .describe('Contact, Account, Opportunity, Case, or the API name of your own'),
  only,
  url: address.describe("The company's own address, https://acme.my.salesforce.com"),
  clientId: variable
    .default('SALESFORCE_CLIENT_ID')
    .describe("Variable that holds the connected app's consumer key"),
  clientSecret: variable
    .default('SALESFORCE_CLIENT_SECRET')
    .describe("Variable that holds the connected app's consumer secret"),
  refreshToken: variable
    .default('SALESFORCE_REFRESH_TOKEN')
    .describe(
      'Variable that holds a refresh token; where it is not set, the app logs in with its client credentials',
    ),
})

export type SalesforceMapping = z.infer<typeof salesforceMappingSchema>
