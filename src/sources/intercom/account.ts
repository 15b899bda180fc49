import { text } from '../../text.ts'
import { secretIn, type Variables } from '../variable.ts'
import type { Account } from '../vendor/account.ts'
import { listIn } from '../vendor/list.ts'
import type { IntercomMapping } from './mapping.ts'

/** The meaning of answers stays what it is in this version. */
const VERSION = '2.11'

const TOKEN = text('应用的访问令牌', "an app's access token")

/** @throws ForeshockError SOURCE_FAILED where the token is not set */
export function intercomAccount({ name, token, url }: IntercomMapping, variables: Variables): Account {
  const secret = secretIn(token, variables, name, TOKEN)
  return {
    source: name,
    vendor: 'Intercom',
    url,
    variables: token,
    secrets: [secret],
    letIn: async () => new Headers({ authorization: `Bearer ${secret}`, 'intercom-version': VERSION }),
    says: (body) => {
      const words = listIn(body, 'errors').flatMap(({ code, message }) => [message ?? code ?? []].flat())
      return words.length === 0 ? null : words.join('; ')
    },
    rest,
  }
}

/** An allowance for ten seconds; its end is told as seconds since 1970. */
function rest(headers: Headers, now: Date): number {
  if (headers.get('x-ratelimit-remaining') !== '0') return 0
  const until = Number(headers.get('x-ratelimit-reset')) * 1000 - now.getTime()
  return Number.isFinite(until) ? Math.min(Math.max(0, until), 60_000) : 0
}
