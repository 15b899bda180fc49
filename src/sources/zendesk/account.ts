import { text } from '../../text.ts'
import { at, isObject } from '../cells.ts'
import { secretIn, type Variables } from '../variable.ts'
import type { Account } from '../vendor/account.ts'
import type { ZendeskMapping } from './mapping.ts'

const EMAIL = text('管理员的邮箱', 'the e-mail address of an admin')
const TOKEN = text('管理中心里的 API 密钥', 'an API token of Admin Center')

/** @throws ForeshockError SOURCE_FAILED where e-mail or token are not set */
export function zendeskAccount({ name, url, ...named }: ZendeskMapping, variables: Variables): Account {
  const email = secretIn(named.email, variables, name, EMAIL)
  const token = secretIn(named.token, variables, name, TOKEN)
  const basic = Buffer.from(`${email}/token:${token}`).toString('base64')
  return {
    source: name,
    vendor: 'Zendesk',
    url,
    variables: `${named.email}, ${named.token}`,
    secrets: [token, basic, email],
    letIn: async () => new Headers({ authorization: `Basic ${basic}` }),
    says,
    rest,
  }
}

function says(body: unknown): string | null {
  if (!isObject(body)) return null
  const words = ['error.message', 'error.title', 'description', 'error'].map((path) => at(body, path))
  return words.find((one): one is string => typeof one === 'string') ?? null
}

/** One allowance for everything, and one for each kind of export: `total=10; remaining=0; resets=39`. */
function rest(headers: Headers): number {
  const general = headers.get('ratelimit-remaining') === '0' ? Number(headers.get('ratelimit-reset')) : 0
  const special = [...headers].flatMap(([name, words]) => {
    const spent = name.startsWith('zendesk-ratelimit-') && /remaining=0\b/.test(words)
    return spent ? [Number(/resets=(\d+)/.exec(words)?.[1] ?? 0)] : []
  })
  const seconds = Math.max(0, ...[general, ...special].filter(Number.isFinite))
  return seconds * 1000
}
