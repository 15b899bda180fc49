import { MIGRATIONS } from '../../src/paths.ts'
import { type Database, openDatabase } from '../../src/store/database.ts'
import { type Figure, type Findings, figure, type Options } from '../figures.ts'
import { postgresServer } from '../postgres-server.ts'
import { type Arenas, embedded, onServer } from '../torture/databases.ts'
import { askDatabase, loadHistory } from './feature-database.ts'
import { pandasPeer } from './feature-pandas.ts'
import { allCells, bytesRead, fullPasses, mismatches, NAMES, scanBytes } from './full-pass.ts'
import { END, mergedColumns, type RandomHistory, randomHistory } from './history.ts'
import { inTurns, median, type Took, timed } from './rounds.ts'

const DAY = 86_400_000
const YESTERDAY = END - DAY
const AS_OFS = [YESTERDAY, YESTERDAY - 90 * DAY, YESTERDAY - 181 * DAY]
const TWELVE = Array.from({ length: 12 }, (_, month) => YESTERDAY - 30 * month * DAY)

/** How much is measured. */
interface Size {
  readonly customers: number
  readonly events: number
  /** A tenth of it, for the embedded database. */
  readonly small: { readonly customers: number; readonly events: number }
  readonly rounds: number
}

const FULL: Size = {
  customers: 100_000,
  events: 10_000_000,
  small: { customers: 10_000, events: 1_000_000 },
  rounds: 9,
}
const QUICK: Size = { customers: 400, events: 40_000, small: { customers: 200, events: 10_000 }, rounds: 1 }

/** The kernel beside a scan of its bytes, pandas and PostgreSQL, on one history; and whether all say the same. */
export async function features({ quick, seed }: Options): Promise<Findings> {
  const size = quick ? QUICK : FULL
  const small = randomHistory(size.small.customers, size.small.events, seed)
  const lite = await onDatabase(embedded, small)
  const history = randomHistory(size.customers, size.events, seed)
  const columns = mergedColumns(history)
  const cellsAt = (asOf: number) => allCells(fullPasses(columns, [asOf])[0]!)

  const missing: string[] = []
  const figures: Figure[] = [
    figure('features.count', NAMES.length, 'features', '=36'),
    figure('features.events', size.events, 'events'),
    figure('features.mb_read', bytesRead(columns) / 1e6, 'MB'),
    figure('features.mismatch.pglite', lite.wrong, 'cells', '=0'),
  ]

  const peer = await pandasPeer(columns)
  if (typeof peer === 'string') missing.push(peer)
  // Kept from round to round, as by someone who looks at many dates.
  const memory = new Float64Array(columns.size * NAMES.length * TWELVE.length)
  const contestants = new Map<string, () => Promise<Took> | Took>([
    ['pass', timed(() => fullPasses(columns, [YESTERDAY], memory))],
    ['scan', timed(() => scanBytes(columns))],
    ['twelve', timed(() => fullPasses(columns, TWELVE, memory))],
  ])
  if (typeof peer !== 'string') {
    contestants.set('pandas', () => peer.run(YESTERDAY))
    contestants.set('pandas_apart', () => peer.run(YESTERDAY, true))
  }
  const took = await inTurns(size.rounds, contestants)
  const wall = (name: string): number => took(name).wall
  figures.push(
    figure('features.kernel_ms', wall('pass'), 'ms'),
    figure('features.kernel_cpu_ms', took('pass').cpu, 'ms'),
    figure('features.scan_ms', wall('scan'), 'ms'),
    figure('features.kernel_vs_scan', wall('pass') / wall('scan'), 'ratio', '<=5'),
    figure('features.twelve_dates_cpu', took('twelve').cpu / took('pass').cpu, 'passes'),
    figure('features.twelve_dates', wall('twelve') / wall('pass'), 'passes', '<=8'),
  )
  if (typeof peer !== 'string') {
    let wrong = 0
    for (const asOf of AS_OFS) wrong += mismatches(cellsAt(asOf), await peer.cells(asOf))
    await peer.stop()
    figures.push(
      figure('features.pandas_ms', wall('pandas'), 'ms'),
      figure('features.pandas_cpu_ms', took('pandas').cpu, 'ms'),
      figure('features.vs_pandas_cpu', took('pandas').cpu / took('pass').cpu, 'times'),
      figure('features.mismatch.pandas', wrong, 'cells', '=0'),
      figure('features.vs_pandas', wall('pandas') / wall('pass'), 'times', '>=8'),
      figure('features.vs_pandas_kinds_apart', wall('pandas_apart') / wall('pass'), 'times'),
    )
  }

  // A smoke test starts no server of its own: that takes longer than all the rest.
  const isThere = !quick || Boolean(process.env['TEST_DATABASE_URL'])
  const server = isThere
    ? await postgresServer()
    : '--quick uses PostgreSQL only where TEST_DATABASE_URL is set.'
  if (typeof server === 'string') return { figures, missing: [...missing, `peer not installed: ${server}`] }
  try {
    const found = await onDatabase(onServer(server.url), history)
    figures.push(
      figure('features.postgres_ms', found.wall, 'ms'),
      figure('features.mismatch.postgres', found.wrong, 'cells', '=0'),
      figure('features.vs_postgres', found.wall / wall('pass'), 'times', '>=40'),
    )
  } finally {
    await server.stop()
  }
  return { figures, missing }
}

/** Loads a history into a database of its own and compares its answers with the kernel's. */
async function onDatabase(arenas: Arenas, history: RandomHistory): Promise<{ wrong: number; wall: number }> {
  const arena = await arenas()
  const database: Database = await openDatabase(arena.place, MIGRATIONS)
  try {
    await loadHistory(database, history)
    const columns = mergedColumns(history)
    let wrong = 0
    const walls: number[] = []
    for (const asOf of AS_OFS) {
      const { wall, cells } = await askDatabase(database, history.facts, asOf)
      wrong += mismatches(allCells(fullPasses(columns, [asOf])[0]!), cells)
      walls.push(wall)
    }
    return { wrong, wall: median(walls) }
  } finally {
    await database.close()
    await arena.drop()
  }
}
