import { Agent, request as ask, type ClientRequest, type IncomingMessage } from 'node:http'
import type { WireMessage, WireMessages, WirePress, WireSession } from '../../src/chat/console/wire.ts'

/** The console as one person's browser uses it: session cookie, CSRF words, and a stream of what happens. */
export interface Page {
  /** All messages of a channel, newest first. */
  messages(channel: string): Promise<WireMessage[]>
  /** Cards of a channel that everyone in it sees, newest first. */
  cards(channel: string): Promise<string[]>
  /** Presses a button; gives the answer's HTTP status. */
  press(press: WirePress): Promise<number>
  /** Opens the live stream; calls back at each message that is posted or edited. */
  listen(seen: () => void): Promise<void>
  close(): void
}

export async function openPage(url: string, person: string): Promise<Page> {
  const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY })
  const cookies = new Map<string, string>()
  let csrf = ''

  function open(
    path: string,
    method: 'GET' | 'POST',
    body: unknown,
  ): { sent: ClientRequest; answer: Promise<IncomingMessage> } {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const posting = { origin: url, 'x-foreshock-csrf': csrf, 'content-type': 'application/json' }
    const headers = { ...(cookie === '' ? {} : { cookie }), ...(method === 'POST' ? posting : {}) }
    const sent = ask(new URL(path, url), { method, agent, headers })
    const answer = new Promise<IncomingMessage>((resolve, reject) => {
      sent.once('response', resolve)
      sent.once('error', reject)
    })
    sent.end(body === undefined ? undefined : JSON.stringify(body))
    return { sent, answer }
  }

  async function call(path: string, method: 'GET' | 'POST' = 'GET', body?: unknown) {
    const answer = await open(path, method, body).answer
    for (const line of answer.headers['set-cookie'] ?? []) {
      const [name = '', value = ''] = line.split(';', 1)[0]!.split('=')
      cookies.set(name, value)
    }
    const chunks: Buffer[] = []
    for await (const chunk of answer) chunks.push(chunk as Buffer)
    return { status: answer.statusCode!, text: Buffer.concat(chunks).toString() }
  }

  const session = async (): Promise<void> => {
    csrf = (JSON.parse((await call('/api/session')).text) as WireSession).csrf
  }
  await session()
  await call('/api/person', 'POST', { id: person })
  await session()

  const messages = async (channel: string): Promise<WireMessage[]> => {
    const all: WireMessage[] = []
    for (let before = ''; ; ) {
      const { text } = await call(`/api/messages?channel=${channel}&limit=200${before}`)
      const page = JSON.parse(text) as WireMessages
      all.push(...page.messages.toReversed())
      if (!page.more) return all
      before = `&before=${page.messages[0]!.id}`
    }
  }

  let stream: ClientRequest | null = null
  return {
    messages,
    cards: async (channel) =>
      (await messages(channel)).filter(({ onlyFor }) => onlyFor === null).map(({ id }) => id),
    press: async (press) => (await call('/api/press', 'POST', press)).status,
    listen: async (seen) => {
      const { sent, answer } = open('/api/events', 'GET', undefined)
      stream = sent
      const events = await answer
      events.setEncoding('utf8').on('data', (words: string) => {
        if (words.includes('event: message')) seen()
      })
      events.on('error', () => {})
    },
    close: () => {
      stream?.on('error', () => {}).destroy()
      agent.destroy()
    },
  }
}
