import { text } from '../../text.ts'
import type { Account, Ask, Request, Send, World } from './account.ts'
import { failure, refusal } from './refusal.ts'
import { type Reply, replyTo } from './reply.ts'
import { MOST_WAIT_MS, pauseBefore } from './retry.ts'

/** Asks one account, one request after the other, each tried a few times where that can help. */
export function asking(account: Account, world: World, signal: AbortSignal): Ask {
  let rest = 0
  let key: Headers | null = null
  const send: Send = (url, init) => replyTo(url, init, signal, world.mostBytes)

  return async (request) => {
    const address = addressOf(account, request)
    let renewed = false
    for (let tries = 1; ; tries += 1) {
      // A vendor that counts otherwise than we think must not hold up the other sources for days.
      if (rest > 0) await world.wait(Math.min(rest, MOST_WAIT_MS), signal)
      const granted: Headers | Reply = key ?? (await account.letIn(send))
      if (granted instanceof Headers) key = granted
      const reply = granted instanceof Headers ? await send(address, initOf(request, granted)) : granted
      rest = account.rest(reply.headers, world.now())
      if (reply.problem === null) return reply.body
      if (reply.status === 401 && account.renews === true && !renewed) {
        renewed = true
        key = null
        continue
      }
      const spent = account.isSpent?.(reply.body) ?? false
      const pause = spent ? null : pauseBefore(reply, tries, world)
      if (pause === null) throw refusal(account, request.path, reply)
      rest = Math.max(rest, pause)
    }
  }
}

/** What a vendor names as its next page is followed on its own host alone: the token goes nowhere else. */
function addressOf({ source, url, vendor }: Account, { path, query = {} }: Request): URL {
  const address = new URL(path, url)
  if (address.origin !== url) {
    throw failure(
      source,
      text(`${vendor} 指向了别处的地址。`, `${vendor} named an address that is not its own.`),
      text('没有向那里请求；请检查 url。', 'Nothing was asked there; check `url`.'),
    )
  }
  for (const [name, value] of Object.entries(query)) address.searchParams.set(name, String(value))
  return address
}

function initOf({ body, headers: own = {} }: Request, key: Headers): RequestInit {
  const headers = new Headers(key)
  for (const [name, value] of Object.entries(own)) headers.set(name, value)
  headers.set('accept', 'application/json')
  if (body === undefined) return { headers }
  headers.set('content-type', 'application/json')
  return { method: 'POST', headers, body: JSON.stringify(body) }
}
