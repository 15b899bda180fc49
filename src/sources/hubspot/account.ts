import { text } from '../../text.ts'
import { isObject } from '../cells.ts'
import { secretIn, type Variables } from '../variable.ts'
import type { Account } from '../vendor/account.ts'
import type { HubspotMapping } from './mapping.ts'

const TOKEN = text('私有应用的密钥（pat-…）', "a private app's token, pat-...")

/** Searches tell no allowance in their headers; an account may make four a second. */
const BETWEEN_MS = 250

/** @throws ForeshockError SOURCE_FAILED where the token is not set */
export function hubspotAccount({ name, token, url }: HubspotMapping, variables: Variables): Account {
  const secret = secretIn(token, variables, name, TOKEN)
  return {
    source: name,
    vendor: 'HubSpot',
    url,
    variables: token,
    secrets: [secret],
    letIn: async () => new Headers({ authorization: `Bearer ${secret}` }),
    says,
    rest: () => BETWEEN_MS,
    isSpent: (body) => isObject(body) && body['policyName'] === 'DAILY',
  }
}

/** Its message, and the scopes that it misses. */
function says(body: unknown): string | null {
  if (!isObject(body)) return null
  const { message, errors } = body
  const scopes = (Array.isArray(errors) ? errors : []).flatMap((error: unknown) => {
    const context = isObject(error) && isObject(error['context']) ? error['context'] : {}
    return [context['requiredGranularScopes'] ?? context['requiredScopes'] ?? []].flat().map(String)
  })
  const missing = scopes.length === 0 ? '' : ` (scopes: ${[...new Set(scopes)].join(', ')})`
  return typeof message === 'string' ? message + missing : null
}
