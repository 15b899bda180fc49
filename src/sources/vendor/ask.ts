import { text } from '../../text.ts'
import { failure, refusal } from './refusal.ts'
import { type Reply, replyTo } from './reply.ts'
import { pauseBefore } from './retry.ts'

/** One vendor's account, as requests need it. */
export interface Account {
  /** Name of the source, which its errors begin with. */
  readonly source: string
  /** As people write it: HubSpot. */
  readonly vendor: string
  /** Root of the API, without a slash at its end. */
  readonly url: string
  /** Variables of the environment that let in: named where the vendor refuses. */
  readonly variables: string
  /** What must never be repeated, even if the vendor does. */
  readonly secrets: readonly string[]
  /** Headers that let in; where a session must be asked for first, `send` does it, and a refusal is handed back. */
  letIn(send: Send): Promise<Headers | Reply>
  /** A session that has run out is worth asking for a new one. */
  readonly renews?: true
  /** What an answer says of itself in the vendor's own words; null: nothing. */
  says(body: unknown): string | null
  /** Milliseconds to leave the vendor alone after this answer, as its headers or its rules ask. */
  rest(headers: Headers, now: Date): number
  /** The allowance of a day is spent: trying again within minutes is of no use. */
  isSpent?(body: unknown): boolean
}

export interface Request {
  /** Begins with a slash. */
  readonly path: string
  readonly query?: Readonly<Record<string, string | number>>
  /** With it, the request is a POST: searches and batch reads only, for it may be sent twice. */
  readonly body?: unknown
}

/** What a vendor answers, as JSON. Throws ForeshockError SOURCE_FAILED, or the reason the pull was stopped for. */
export type Ask = (request: Request) => Promise<unknown>
/** One request, tried once. */
export type Send = (url: URL, init: RequestInit) => Promise<Reply>

/** What lies outside of requests. */
export interface World {
  readonly now: () => Date
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>
  /** 0 to 1, so that several programs do not come back in the same moment. */
  readonly chance: () => number
  /** Most bytes of one answer; default 64 MB. */
  readonly mostBytes?: number
}

/** Asks one account, one request after the other, each tried a few times where that can help. */
export function asking(account: Account, world: World, signal: AbortSignal): Ask {
  let rest = 0
  let key: Headers | null = null
  const send: Send = (url, init) => replyTo(url, init, signal, world.mostBytes)

  return async (request) => {
    const address = addressOf(account, request)
    let renewed = false
    for (let tries = 1; ; tries += 1) {
      if (rest > 0) await world.wait(rest, signal)
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

function initOf({ body }: Request, key: Headers): RequestInit {
  const headers = new Headers(key)
  headers.set('accept', 'application/json')
  if (body === undefined) return { headers }
  headers.set('content-type', 'application/json')
  return { method: 'POST', headers, body: JSON.stringify(body) }
}
