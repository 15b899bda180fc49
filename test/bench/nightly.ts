import { randomIds, uuidOf } from '../../src/ids.ts'
import type { TreeModel } from '../../src/learning/model.ts'
import { modelRows } from '../../src/modelling/rows.ts'
import { MIGRATIONS } from '../../src/paths.ts'
import { type Database, openDatabase } from '../../src/store/database.ts'
import { openStore, type Store } from '../../src/store/store.ts'
import { collectAll } from '../../src/timeline/collect.ts'
import type { CustomerFacts } from '../../src/timeline/history.ts'
import { packedFactsOf } from '../../src/timeline/packed-facts-builder.ts'
import type { Timeline } from '../../src/timeline/timeline.ts'
import { type Figure, type Findings, figure, type Options } from '../figures.ts'
import { postgresServer } from '../postgres-server.ts'
import { type Arenas, embedded, onServer } from '../torture/databases.ts'
import { askDatabase, loadHistory } from './feature-database.ts'
import { LIST } from './full-pass.ts'
import { END, type PackedHistory, type RandomHistory, randomHistory } from './history.ts'
import { type NightTook, openNights, PARTS } from './nightly-night.ts'
import { type Lesson, type NightlyPeer, nightlyPeer } from './nightly-peers.ts'
import { type HistoryStore, rowsOfHistory } from './rows-of-history.ts'

const DAY = 86_400_000
/** What the model learns from: everyone as of then, and who was heard of in the days after. */
const LEARNED = END - 120 * DAY
const AHEAD = 90

/**
 * Share of customers who leave within the two years. With the three in ten of the other benches, one customer in five
 * would be on an alert tier in a single night, and nobody's company is like that.
 */
const LEAVING = 0.1

interface Size {
  /** `10m`: what its figures are called by. */
  readonly name: string
  readonly customers: number
  readonly events: number
}

const FULL: readonly Size[] = [
  // As dense as the largest, a tenth of it: what a night costs is compared between these two.
  { name: '3m', customers: 100_000, events: 3_000_000 },
  { name: '10m', customers: 100_000, events: 10_000_000 },
  { name: '30m', customers: 1_000_000, events: 30_000_000 },
]
const QUICK: readonly Size[] = [{ name: 'quick', customers: 300, events: 15_000 }]
const TREES = { count: 200, depth: 6, rows: 50_000 }

/**
 * A day of new data comes in, and everyone is judged by a learned model, sorted into tiers and what is decided written:
 * once by a product that knows yesterday, once by one that knows nothing. Beside it what a data team would run each
 * night: pandas on a CSV file as it is exported, or one SQL statement, and XGBoost's prediction.
 *
 * The product reads its rows out of this process's memory, as it would off a database: as objects, page by page. That
 * stand-in for a database is taken off the memory it is said to use. Peers write nothing and sort nobody into tiers.
 * BENCH_NIGHTLY_SIZE=10m measures that size alone.
 */
export async function nightly({ quick, seed }: Options): Promise<Findings> {
  const only = process.env['BENCH_NIGHTLY_SIZE']
  const sizes = (quick ? QUICK : FULL).filter(({ name }) => only === undefined || only === name)
  const figures: Figure[] = []
  const missing = new Set<string>()
  const server =
    quick && !process.env['TEST_DATABASE_URL']
      ? '--quick uses PostgreSQL only where TEST_DATABASE_URL is set.'
      : await postgresServer()
  if (typeof server === 'string') missing.add(`peer not installed: ${server}`)
  try {
    const arenas = typeof server === 'string' ? embedded : onServer(server.url)
    const nights: { size: Size; cpu: number }[] = []
    for (const size of sizes) {
      const found = await measured(size, seed, arenas, typeof server !== 'string')
      figures.push(...found.figures)
      if (found.missing !== null) missing.add(found.missing)
      nights.push({ size, cpu: found.cpu })
    }
    const large = nights.at(-1)
    const small = nights.find(({ size }) => large !== undefined && isAsDense(size, large.size))
    if (small !== undefined && large !== undefined) {
      const growth = large.cpu / small.cpu / (large.size.events / small.size.events)
      figures.push(figure('nightly.growth', growth, 'of linear', '<=1'))
    }
  } finally {
    if (typeof server !== 'string') await server.stop()
  }
  return { figures, missing: [...missing] }
}

/** Smaller, with as many events a customer: twice of everything should cost twice as much. */
function isAsDense(small: Size, large: Size): boolean {
  return small.events < large.events && small.events / small.customers === large.events / large.customers
}

async function measured(size: Size, seed: string, arenas: Arenas, onPostgres: boolean) {
  // What a smaller company's night left behind is not this one's.
  collectAll()
  const history = named(randomHistory(size.customers, size.events, seed, LEAVING))
  const peer = await nightlyPeer(history)
  if (typeof peer === 'string') return { figures: [], missing: peer, cpu: 0 }
  const arena = await arenas()
  const database = await openDatabase(arena.place, MIGRATIONS)
  try {
    const figures: Figure[] = []
    const of = (id: string, value: number, unit: string, target?: string) =>
      figures.push(figure(`nightly.${id}.${size.name}`, value, unit, target))
    const { incremental, scratch, probabilities, standIn } = await ours(history, peer, database)
    const prepared = await peer.night(END, 'prepared')
    const pandas = await peer.night(END, 'export')
    const theirs = peer.probabilities()
    const apart = probabilities.filter((own, row) => Math.abs(own - theirs[row]!) > 1e-5).length
    const rivals = [pandas.wall * 1000]
    of('pandas_ms', pandas.wall * 1000, 'ms')
    of('pandas_prepared_ms', prepared.wall * 1000, 'ms')
    of('pandas_cpu_ms', pandas.cpu * 1000, 'ms')
    for (const part of ['read', 'features', 'predict'] as const)
      of(`pandas_${part}_ms`, pandas[part] * 1000, 'ms')
    if (onPostgres) {
      await loadHistory(database, history)
      const { wall } = await askDatabase(database, history.facts, END)
      rivals.push(wall + pandas.predict * 1000)
      of('postgres_ms', wall + pandas.predict * 1000, 'ms')
    }
    const fastest = Math.min(...rivals)
    for (const [id, took, least] of [
      ['incremental', incremental, 20],
      ['from_scratch', scratch, 3],
    ] as const) {
      of(`${id}.ms`, took.wall, 'ms')
      of(`${id}.cpu_ms`, took.cpu, 'ms')
      of(`${id}.faster`, fastest / took.wall, 'times', `>=${least}`)
      for (const part of PARTS) {
        of(`part.${id}.${part}_ms`, took.parts[part].wall, 'ms')
        of(`part.${id}.${part}_cpu_ms`, took.parts[part].cpu, 'ms')
      }
      of(`${id}.stall_ms`, took.stall, 'ms', '<=50')
      of(`${id}.rss_gb`, (took.rss - bytesOf(history) - standIn) / 1e9, 'GB', '<=1.5')
      of(`${id}.rows`, took.rows, 'rows')
      of(`${id}.cases`, took.cases, 'cases')
    }
    // Everyone's features and scores are the least a night can do: what share of the time the target allows they take.
    const { features, forecast } = incremental.parts
    of('incremental.least', (features.wall + forecast.wall) / (fastest / 20), 'of allowed')
    of('other_probability', apart / size.customers, 'share', '<=0.001')
    return { figures, missing: null, cpu: incremental.cpu }
  } finally {
    await peer.stop()
    await database.close()
    await arena.drop()
  }
}

interface Ours {
  readonly incremental: NightTook
  readonly scratch: NightTook
  readonly probabilities: Float32Array
  /** Bytes of what finds rows as a database's index would. */
  readonly standIn: number
}

async function ours(history: PackedHistory, peer: NightlyPeer, database: Database): Promise<Ours> {
  const rows = rowsOfHistory(history, END - DAY)
  const store = openStore(database, randomIds, 'CNY')
  const { incremental, model } = await nightAfterNight(history, rows, peer, store)
  // Who begins from scratch is a program just started.
  collectAll()
  await database.pool.query('TRUNCATE assessment, score_run')
  const fresh = openNights(rows, () => model, store)
  try {
    const scratch = await fresh.run(END)
    return { incremental, scratch, probabilities: fresh.probabilities(), standIn: rows.bytes }
  } finally {
    await fresh.close()
  }
}

/** By itself, so that nothing of it is in memory any more when another begins from scratch. */
async function nightAfterNight(
  history: PackedHistory,
  rows: HistoryStore,
  peer: NightlyPeer,
  store: Store,
): Promise<Pick<Ours, 'incremental'> & { readonly model: TreeModel }> {
  let model: TreeModel | null = null
  const nights = openNights(rows, () => model!, store)
  try {
    await nights.timeline.refresh()
    model = await peer.learn(await lessonOf(history, nights.timeline), TREES.count, TREES.depth)
    await nights.run(END - DAY)
    rows.arriveUntil(END)
    return { incremental: await nights.run(END), model }
  } finally {
    await nights.close()
  }
}

/** Customers as a database names them, and no event that comes after the night. */
export function named(history: RandomHistory): PackedHistory {
  const { facts, late, at } = history
  // In place: freed, a piece of this size has the C library keep all that are smaller.
  for (let row = 0; row < late.length; row += 1) if (at[row]! + late[row]! * DAY >= END) late[row] = 0
  return { ...history, facts: packedFactsOf(renamed(facts)) }
}

function* renamed(facts: readonly CustomerFacts[]): Generator<CustomerFacts> {
  for (const one of facts) yield { ...one, id: uuidOf('bench', one.id) }
}

async function lessonOf(history: PackedHistory, timeline: Timeline): Promise<Lesson> {
  const { features, size } = await timeline.at(LEARNED)
  const count = Math.min(size, TREES.rows)
  const labels = new Uint8Array(count).fill(1)
  const { at, customer } = history
  for (let row = 0; row < at.length && customer[row]! < count; row += 1) {
    if (at[row]! >= LEARNED && at[row]! < LEARNED + AHEAD * DAY) labels[customer[row]!] = 0
  }
  return { values: modelRows(LIST.names, features, count), labels }
}

function bytesOf({ customer, kind, at, value, mood, late }: PackedHistory): number {
  return [customer, kind, at, value, mood, late].reduce((sum, { byteLength }) => sum + byteLength, 0)
}
