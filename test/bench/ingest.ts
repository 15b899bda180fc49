import { createHmac } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { Agent, request as ask } from 'node:http'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { SIGNATURE_HEADER, TIMESTAMP_HEADER } from '../../src/ingest/proof.ts'
import { startCli } from '../cli-process.ts'
import { type Figure, type Findings, figure, type Options } from '../figures.ts'
import { postgresServer } from '../postgres-server.ts'
import { type Arenas, embedded, onServer } from '../torture/databases.ts'
import { SOURCES } from './company.ts'
import { growthOf, processorSeconds, watchMemory } from './memory.ts'
import { openLoop, share, type Waited } from './open-loop.ts'
import { openPage, type Page } from './page.ts'
import { type DuePost, markOf, postsOf } from './posts.ts'
import { median } from './rounds.ts'

export interface IngestLoad {
  readonly aSecond: number
  readonly seconds: number
  /** Customers who send without being about to leave. */
  readonly calm: number
}

const WHOLE: IngestLoad = { aSecond: 200, seconds: 60, calm: 2_000 }
export const SHORT: IngestLoad = { aSecond: 40, seconds: 3, calm: 30 }

/** From so many seconds on, memory must have come to rest. */
const SETTLED_SECONDS = 300

/**
 * `npm run bench -- ingest [--minutes N] [--only pglite|postgres]`: 200 requests a second to /ingest of the running
 * program, one of twenty the last word of a customer of high value: how long each waits for its answer, and how long until
 * such a customer's P0 card is in the outbox and then in the console, all from when the request was due; and the memory of
 * the program meanwhile (judged from 5 minutes on).
 */
export async function ingest({ quick, minutes, only }: Options): Promise<Findings> {
  const load = quick ? SHORT : { ...WHOLE, seconds: minutes === undefined ? WHOLE.seconds : minutes * 60 }
  const figures = [figure('ingest.machine_load', loadavg()[0]!, 'processes')]
  if (only !== 'postgres') figures.push(...(await ingestOn('pglite', embedded, load)))
  if (only === 'pglite') return { figures }
  const server = await postgresServer()
  if (typeof server === 'string') return { figures, missing: [server] }
  try {
    figures.push(...(await ingestOn('postgres', onServer(server.url), load)))
    return { figures }
  } finally {
    await server.stop()
  }
}

const TOKEN = 'a-token-for-the-bench'
const SECRET = 'a-secret-for-the-bench'

/** Starts the program as `foreshock start` does and sends; this process, which measures, is another one. */
export async function ingestOn(name: string, arenas: Arenas, load: IngestLoad): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'foreshock-ingest-'))
  const { place, drop } = await arenas()
  const posts = postsOf(load)
  const config = writeCompany(folder, load, posts.filter(({ isAngry }) => isAngry).length)
  const program = startCli(folder, ['start', '--config', config], {
    FORESHOCK_PORT: '0',
    FORESHOCK_INGEST_TOKEN: `desk:${TOKEN}`,
    FORESHOCK_INGEST_SECRET: `app:${SECRET}`,
    ...(place.kind === 'server' ? { DATABASE_URL: place.url } : {}),
  })
  try {
    await program.said(/Ready\. The cards are at/)
    const [, url] = await program.said(/Console: (http:\/\/[^/\s]+)/)
    const page = await openPage(url!, 'max')
    const used = processorSeconds(program.pid)
    const memory = watchMemory(program.pid)
    const began = Date.now()
    const waited = await sendAll(url!, posts)
    const held = memory.stop()
    const cards = await cardsOf(page, posts, () => program.err())
    page.close()
    const cpu = processorSeconds(program.pid) - used
    return figuresOf(`ingest.${name}`, waited, tookFor(cards, posts, began), { load, held, cpu })
  } finally {
    await program.stop('SIGTERM')
    await drop()
    rmSync(folder, { recursive: true, force: true })
  }
}

function sendAll(url: string, posts: readonly DuePost[]): Promise<Waited> {
  const agent = new Agent({ keepAlive: true, maxSockets: 200 })
  const send = (post: DuePost): Promise<number> =>
    new Promise((resolve, reject) => {
      const body = JSON.stringify(recordOf(post))
      const proof = post.isSigned ? signed(body) : { authorization: `Bearer ${TOKEN}` }
      const headers = { 'content-type': 'application/json', 'idempotency-key': post.id, ...proof }
      const sent = ask(new URL(`/ingest/${post.door}`, url), { method: 'POST', agent, headers }, (answer) => {
        answer.resume().once('end', () => resolve(answer.statusCode!))
      })
      sent.once('error', reject)
      sent.end(body)
    })
  return openLoop(posts, async (post) => (await send(post)) === 200).finally(() => agent.destroy())
}

function signed(body: string): Record<string, string> {
  const timestamp = String(Math.floor(Date.now() / 1_000))
  const hex = createHmac('sha256', SECRET).update(`${timestamp}.${body}`).digest('hex')
  return { [TIMESTAMP_HEADER]: timestamp, [SIGNATURE_HEADER]: `sha256=${hex}` }
}

function recordOf({ id, door, customer, isAngry, text }: DuePost): object {
  const who = { crm: isAngry ? `H${customer}` : `K${customer}` }
  const common = { id, customer: who, at: new Date().toISOString() }
  return door === 'events' ? { ...common, kind: 'visit', amount: 500 } : { ...common, channel: 'chat', text }
}

/** A P0 card: whose it is by the mark in what they said, when its case stood with its card to send, and the card itself. */
interface Card {
  readonly mark: string
  readonly queuedAt: number
  readonly postedAt: number
}

/** Waits until every angry customer has a card. When a case stood, the program's log tells. */
async function cardsOf(page: Page, posts: readonly DuePost[], log: () => string): Promise<Card[]> {
  const due = posts.filter(({ isAngry }) => isAngry).length
  for (let round = 0; ; round += 1) {
    const opened = openedAt(log())
    const cards = (await page.messages('urgent')).flatMap(({ at, card }): Card[] => {
      const words = JSON.stringify(card?.en ?? '')
      const [mark, no] = [/#\d{6}/.exec(words)?.[0], /"A-(\d+)"/.exec(words)?.[1]]
      const queuedAt = opened.get(Number(no))
      if (mark === undefined || queuedAt === undefined) return []
      return [{ mark, queuedAt, postedAt: Date.parse(at) }]
    })
    if (cards.length >= due || round === PATIENCE) return cards
    await pause(500)
  }
}

/** When each case opened at once was there, by its number. */
function openedAt(log: string): Map<number, number> {
  const lines = log.split('\n').filter((line) => line.includes('opened at once'))
  return new Map(
    lines.flatMap((line) => {
      const { time, opened } = JSON.parse(line) as { time: string; opened: number[] }
      return opened.map((no) => [no, Date.parse(time)] as const)
    }),
  )
}

interface Took {
  readonly missing: number
  readonly queued: readonly number[]
  readonly posted: readonly number[]
}

function tookFor(cards: readonly Card[], posts: readonly DuePost[], began: number): Took {
  const angry = posts.filter(({ isAngry }) => isAngry)
  const dueOf = new Map(angry.map(({ customer, at }) => [markOf(customer), began + at]))
  const took = (until: (card: Card) => number): number[] =>
    cards.map((card) => Math.max(0, until(card) - dueOf.get(card.mark)!)).sort((a, b) => a - b)
  return {
    missing: angry.length - cards.length,
    queued: took(({ queuedAt }) => queuedAt),
    posted: took(({ postedAt }) => postedAt),
  }
}

/** Looks, half a second apart, before a card is taken for missing. */
const PATIENCE = 60

function figuresOf(
  id: string,
  { waits, errors }: Waited,
  { missing, queued, posted }: Took,
  { load, held, cpu }: { load: IngestLoad; held: readonly number[]; cpu: number },
): Figure[] {
  const within = (took: readonly number[], part: number): number =>
    took.length === 0 ? Number.NaN : share(took, part)
  return [
    figure(`${id}.sent`, waits.length, 'requests'),
    figure(`${id}.errors`, errors, 'requests', '=0'),
    figure(`${id}.answer_p50_ms`, share(waits, 0.5), 'ms'),
    figure(`${id}.answer_p99_ms`, share(waits, 0.99), 'ms', '<500'),
    figure(`${id}.cards_missing`, missing, 'cards', '=0'),
    figure(`${id}.p0_in_outbox_p50_ms`, within(queued, 0.5), 'ms'),
    figure(`${id}.p0_in_outbox_p99_ms`, within(queued, 0.99), 'ms', '<1000'),
    figure(`${id}.p0_in_console_p50_ms`, within(posted, 0.5), 'ms'),
    figure(`${id}.p0_in_console_p99_ms`, within(posted, 0.99), 'ms'),
    figure(`${id}.cpu_ms_a_request`, (cpu * 1_000) / waits.length, 'ms'),
    figure(`${id}.rss_mb`, Math.round(median(held.slice(-Math.ceil(held.length / 5)))), 'MB'),
    figure(`${id}.rss_growth`, growthOf(held), '%', load.seconds >= SETTLED_SECONDS ? '<=10' : null),
  ]
}

const CONFIG = `
company: { name: Bench, timeZone: Asia/Shanghai, currency: CNY, locale: en }
profile: auto
database: { folder: ./database }
people:
  - { id: max, name: Max, role: admin }
  - { id: ana, name: Ana, role: csm, lead: max }
channels:
  - { id: urgent, title: Urgent, tiers: [P0] }
  - { id: rest, title: Rest, tiers: [P1, P2] }
sources:${SOURCES}
`

/** A calm company: everyone was in the workshop lately. */
function writeCompany(folder: string, { calm }: IngestLoad, angry: number): string {
  const ids = [
    ...Array.from({ length: angry }, (_, no) => [`H${no + 1}`, `客户H${no + 1}`, 'high', 90_000] as const),
    ...Array.from({ length: calm }, (_, no) => [`K${no}`, `客户${no}`, 'low', 900] as const),
  ]
  const put = (file: string, lines: readonly string[]): void =>
    writeFileSync(join(folder, file), `${lines.join('\n')}\n`)
  put('customers.csv', [
    'id,name,tier,ltv,owner',
    ...ids.map(([id, name, tier, ltv]) => `${id},${name},${tier},${ltv},ana`),
  ])
  const day = (index: number): string => new Date(Date.now() - (5 + (index % 25)) * 86_400_000).toISOString()
  put('visits.csv', ['no,customer,at,paid', ...ids.map(([id], index) => `${index},${id},${day(index)},500`)])
  const file = join(folder, 'foreshock.yaml')
  writeFileSync(file, CONFIG)
  return file
}
