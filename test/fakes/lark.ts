import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { routesOf } from './lark-routes.ts'
import { type Letter, openWire, sealed, type Wire } from './lark-wire.ts'
import { type LarkMessage, openDesk, TENANT, type Told, type World } from './lark-world.ts'

/** What a call meets instead of being served. */
export interface Trouble {
  /** Calls it is for, matched against "PATCH /open-apis/im/v1/messages/om_1". */
  readonly on: RegExp
  /** How often; default once. */
  readonly times?: number
  /** Waits first; milliseconds. */
  readonly delayMs?: number
  /** `lost`: done, and the connection cut before the answer. `reset`: cut before anything is done. */
  readonly cut?: 'lost' | 'reset'
  /** Answered with this. */
  readonly tell?: Told
  /** With `tell`: what was asked is done all the same. */
  readonly done?: true
}

/** Lark's open platform on loopback, with the company, chats and people of one test. */
export interface LarkFake {
  readonly url: string
  readonly world: World
  readonly wire: Wire
  /** "METHOD /path" of every call so far. */
  readonly calls: readonly string[]
  /** Tokens given out so far. */
  tokens(): number
  /** Makes every token given so far worthless. */
  revoke(): void
  trouble(trouble: Trouble): void
  /** What any call meets that no trouble is for; null: nothing. */
  weather: ((call: string) => Omit<Trouble, 'on' | 'times'> | null) | null
  /** Moves Lark's own clock. */
  pass(milliseconds: number): void
  /** Messages of a chat that everyone sees, replies not counted. */
  shown(chat: string): readonly LarkMessage[]
  thread(message: string): readonly LarkMessage[]
  /** Cards a person alone sees, in groups and in their own chat with the bot. */
  aside(user: string): readonly LarkMessage[]
  seal(event: object, encryptKey: string, at?: Date): Letter
  close(): Promise<void>
}

export async function openLarkFake(): Promise<LarkFake> {
  const calls: string[] = []
  const troubles: { trouble: Trouble; left: number }[] = []
  const token = { given: 0, valid: new Set<string>() }
  let passed = 0
  const world: World = {
    groups: new Map([
      ['oc_alerts', { name: '预警', botIn: true, dissolved: false, external: false, topics: false }],
    ]),
    users: new Map([
      ['ou_lin', { name: '林晓雯', email: 'lin@example.com', resigned: false, tenant: TENANT }],
      ['ou_gu', { name: '顾明远', email: 'gu@example.com', resigned: false, tenant: TENANT }],
    ]),
    messages: [],
    buzzed: [],
    images: [],
    files: [],
    scopes: new Set(),
    botOn: true,
    now: () => Date.now() + passed,
    onShown: () => {},
  }
  const serve = routesOf({ world, desk: openDesk(world), token, host: () => host() })

  const server = createServer(async (request, response) => {
    const path = new URL(request.url ?? '/', 'http://lark').pathname
    const call = `${request.method} ${path}`
    calls.push(call)
    const body = await bodyOf(request)
    const met = troubles.find(({ trouble, left }) => left > 0 && trouble.on.test(call))
    if (met !== undefined) met.left -= 1
    const { delayMs = 0, cut, tell, done } = met?.trouble ?? fake.weather?.(call) ?? {}
    if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs))
    if (cut === 'reset') return request.socket.resetAndDestroy()
    const served = tell === undefined || done ? serve(request, body) : tell
    const told = tell ?? served
    if (cut === 'lost') return request.socket.destroy()
    response.writeHead(told.status, { 'content-type': 'application/json; charset=utf-8', ...told.headers })
    response.end(JSON.stringify(told.body))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const host = () => `127.0.0.1:${(server.address() as AddressInfo).port}`
  const wire = openWire(server)
  const fake: LarkFake = {
    url: `http://${host()}`,
    world,
    wire,
    calls,
    tokens: () => token.given,
    revoke: () => token.valid.clear(),
    weather: null,
    trouble: (trouble) => troubles.push({ trouble, left: trouble.times ?? 1 }),
    pass: (milliseconds) => {
      passed += milliseconds
    },
    shown: (chat) =>
      world.messages.filter((m) => m.chat === chat && m.thread === null && m.onlyFor === null && !m.gone),
    thread: (message) => world.messages.filter((m) => m.thread === message && m.onlyFor === null),
    aside: (user) => world.messages.filter((m) => m.onlyFor === user || m.chat === user),
    seal: (event, encryptKey, at = new Date()) => sealed(event, encryptKey, at),
    close: async () => {
      await wire.close()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return fake
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts)
}
