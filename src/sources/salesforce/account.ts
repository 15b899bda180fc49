import { text } from '../../text.ts'
import { isObject } from '../cells.ts'
import { secretIn, type Variables } from '../variable.ts'
import type { Account, Send } from '../vendor/account.ts'
import type { Reply } from '../vendor/reply.ts'
import type { SalesforceMapping } from './mapping.ts'

const KEY = text('连接的应用的使用者密钥', "the connected app's consumer key")
const SECRET = text('连接的应用的使用者机密', "the connected app's consumer secret")

/** @throws ForeshockError SOURCE_FAILED where key or secret are not set */
export function salesforceAccount(mapping: SalesforceMapping, variables: Variables): Account {
  const { name, url } = mapping
  const id = secretIn(mapping.clientId, variables, name, KEY)
  const secret = secretIn(mapping.clientSecret, variables, name, SECRET)
  const refresh = variables(mapping.refreshToken) || null
  const asked = new URLSearchParams({
    client_id: id,
    client_secret: secret,
    ...(refresh === null
      ? { grant_type: 'client_credentials' }
      : { grant_type: 'refresh_token', refresh_token: refresh }),
  })
  return {
    source: name,
    vendor: 'Salesforce',
    url,
    variables: [
      mapping.clientId,
      mapping.clientSecret,
      ...(refresh === null ? [] : [mapping.refreshToken]),
    ].join(', '),
    secrets: [secret, id, ...(refresh === null ? [] : [refresh])],
    letIn: (send) => session(new URL('/services/oauth2/token', url), asked, send),
    renews: true,
    says,
    rest: () => 0,
    isSpent: (body) => codeIn(body) === 'REQUEST_LIMIT_EXCEEDED',
  }
}

/** Sessions last for hours at most: one is asked for at the beginning and whenever it has run out. */
async function session(address: URL, asked: URLSearchParams, send: Send): Promise<Headers | Reply> {
  const reply = await send(address, { method: 'POST', body: asked })
  const token = isObject(reply.body) ? reply.body['access_token'] : undefined
  if (reply.problem === null && typeof token === 'string')
    return new Headers({ authorization: `Bearer ${token}` })
  if (reply.problem === null) return { ...reply, problem: 'not JSON' }
  // Whatever number it gives the refusal: it is the key that does not fit.
  const { status } = reply
  return status !== null && status >= 400 && status < 429 ? { ...reply, status: 401 } : reply
}

/** `[{errorCode, message}]`, or `{error, error_description}` at the door. */
function says(body: unknown): string | null {
  const one: unknown = Array.isArray(body) ? body[0] : body
  if (!isObject(one)) return null
  const words = [codeIn(body) ?? one['error'], one['message'] ?? one['error_description']]
  return words.filter((word) => typeof word === 'string').join(': ') || null
}

function codeIn(body: unknown): unknown {
  const one: unknown = Array.isArray(body) ? body[0] : null
  return isObject(one) ? one['errorCode'] : null
}
