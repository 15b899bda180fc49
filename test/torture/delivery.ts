import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { jobs } from '../../jobs/index.ts'
import type { Verb } from '../../src/alerts/alert.ts'
import { readConfig } from '../../src/config.ts'
import type { Context } from '../../src/context.ts'
import { chance, openStream, pick } from '../../src/demo/random.ts'
import { openLog } from '../../src/log.ts'
import { openForeshock } from '../../src/main.ts'
import { type Figure, type Findings, figure, type Options } from '../figures.ts'
import { postgresServer } from '../postgres-server.ts'
import { writeAngryCompany } from './angry-company.ts'
import { type Arenas, onServer } from './databases.ts'
import { openFleet } from './fleet.ts'
import type { Seen } from './ledger.ts'
import type { OpenStage, Stage } from './stage.ts'
import { STAGES } from './stages.ts'

export interface Storm {
  readonly customers: number
  /** Each case has a card in every one of them. */
  readonly channels: number
  readonly kills: number
  readonly freezes: number
  readonly leaseMs: number
}

const WHOLE: Storm = { customers: 200, channels: 2, kills: 100, freezes: 2, leaseMs: 30_000 }
export const SHORT: Storm = { customers: 12, channels: 2, kills: 4, freezes: 1, leaseMs: 2_000 }
const REPLICAS = 3
/** Between two kills, milliseconds. */
const KILL_MS = [150, 400] as const
/** Until everything is delivered once the storm is over: leases run out, pauses end. */
const SETTLED_MS = 180_000

/**
 * Cards on a platform that fails now and then, sent by three processes of which one dies every moment and one sleeps
 * past its lease: afterwards each card stands there once, and shows what its case has come to.
 */
export async function delivery({ quick, seed }: Options): Promise<Findings> {
  const server = await postgresServer()
  if (typeof server === 'string') return { figures: [], missing: [server] }
  try {
    const figures: Figure[] = []
    for (const [name, open] of STAGES)
      figures.push(...(await weather(name, open, onServer(server.url), quick ? SHORT : WHOLE, seed)))
    return { figures }
  } finally {
    await server.stop()
  }
}

export async function weather(
  name: string,
  open: OpenStage,
  arenas: Arenas,
  storm: Storm,
  seed: string,
): Promise<Figure[]> {
  const started = performance.now()
  const folder = mkdtempSync(join(tmpdir(), 'foreshock-delivery-'))
  const { place, drop } = await arenas()
  const stage = await open(storm.channels, { seed, errors: 0.03, resets: 0.03, limited: 0.01, slow: 0.02 })
  const { configFile, people } = writeAngryCompany(folder, stage, { ...storm, people: 6 })
  const program = await openForeshock({ config: readConfig(configFile, {}), log: openLog('error'), place })
  const { ctx } = program
  try {
    for (const job of ['pull', 'score'])
      await jobs.find((each) => each.name === job)!.run(ctx, new AbortController().signal)
    const fleet = await openFleet(REPLICAS, {
      ...{ configFile, place, stage: stage.settings, leaseMs: storm.leaseMs, logLevel: 'silent' },
    })
    const kills = await storming(ctx, fleet, storm, people, seed)
    const waited = await settled(ctx)
    await fleet.end()
    const verdict = await judge(ctx, stage, storm.channels)
    const { repeated, dead } = await ctx.store.delivery.state(ctx.clock.now())
    const id = `delivery.${name}`
    return [
      figure(`${id}.cards`, verdict.cards, 'cards', `=${storm.customers * storm.channels}`),
      figure(`${id}.lost`, verdict.lost, 'cards', '=0'),
      figure(`${id}.duplicate`, verdict.twice, 'cards', '=0'),
      figure(`${id}.wrong`, verdict.wrong, 'cards', '=0'),
      figure(`${id}.lines_lost`, verdict.linesLost, 'lines', '=0'),
      figure(`${id}.lines_duplicate`, verdict.linesTwice, 'lines', '=0'),
      figure(
        `${id}.dead`,
        dead.reduce((sum, { count }) => sum + count, 0),
        'messages',
        '=0',
      ),
      figure(`${id}.possible_repeats`, repeated, 'messages'),
      figure(`${id}.kills`, kills, 'kills', `>=${storm.kills}`),
      ...Object.entries(stage.mishaps()).map(([kind, count]) => figure(`${id}.${kind}`, count, 'calls')),
      figure(`${id}.settled_after_s`, waited / 1_000, 's'),
      figure(`${id}.seconds`, (performance.now() - started) / 1_000, 's'),
    ]
  } finally {
    await stage.close()
    await program.close()
    await drop()
    rmSync(folder, { recursive: true, force: true })
  }
}

const NEXT: Readonly<Record<string, readonly Verb[]>> = {
  open: ['claim'],
  claimed: ['contacted', 'dismiss'],
  contacted: ['dismiss', 'snooze'],
}

/** People work their cases while processes die; gives the number of kills. */
async function storming(
  ctx: Context,
  fleet: Awaited<ReturnType<typeof openFleet>>,
  { kills, freezes, leaseMs }: Storm,
  people: readonly string[],
  seed: string,
): Promise<number> {
  const draw = openStream(seed, 'storm')
  let killed = 0
  let over = false
  const freezing = (async () => {
    for (let count = 0; count < freezes; count += 1) {
      await fleet.freezeOne(draw, leaseMs + 2_000)
      await pause(500)
    }
  })()
  const working = (async () => {
    while (!over) {
      const alerts = await ctx.store.alerts.list({})
      for (let count = 0; count < 5; count += 1) await moveSome(ctx, pick(draw, alerts).id, people, draw)
      await pause(100)
    }
  })()
  while (killed < kills) {
    await pause(KILL_MS[0] + draw() * (KILL_MS[1] - KILL_MS[0]))
    if (fleet.killOne(draw)) killed += 1
  }
  await freezing
  over = true
  await working
  return killed
}

async function moveSome(
  ctx: Context,
  id: string,
  people: readonly string[],
  draw: () => number,
): Promise<void> {
  const alert = (await ctx.store.alerts.get(id))!
  const verbs = NEXT[alert.state]
  if (verbs === undefined || chance(draw, 0.3)) return
  const by = ctx.people.get(alert.owner ?? pick(draw, people))!
  const at = ctx.clock.now()
  const verb = pick(draw, verbs)
  const until = verb === 'snooze' ? { until: new Date(at.getTime() + 86_400_000) } : {}
  const asked = { person: by, via: 'torture', request: null, note: '' }
  await ctx.store.cases.move(id, { verb, by: by.id, at, ...until }, asked, await ctx.caseRules())
}

/** Milliseconds until nothing waits. */
async function settled(ctx: Context): Promise<number> {
  const from = performance.now()
  while ((await ctx.store.outbox.waiting()) > 0) {
    if (performance.now() - from > SETTLED_MS) break
    await pause(100)
  }
  return performance.now() - from
}

/** What people see, held against the cases. */
async function judge(ctx: Context, stage: Stage, channels: number) {
  const seen = stage.seen()
  const heads = seen.filter(({ head }) => head === null)
  const verdict = { cards: 0, lost: 0, twice: 0, wrong: 0, linesLost: 0, linesTwice: 0 }
  for (const alert of await ctx.store.alerts.list({})) {
    const cards = heads.filter(({ no }) => no === alert.no)
    const wanted = (await ctx.store.alerts.actions(alert.id)).filter(({ verb }) => verb !== 'open').length
    for (let channel = 1; channel <= channels; channel += 1) {
      const here = cards.filter((card) => card.channel === stage.channel(channel))
      verdict.cards += Math.min(1, here.length)
      verdict.lost += here.length === 0 ? 1 : 0
      verdict.twice += Math.max(0, here.length - 1)
      verdict.wrong += here.some(({ version }) => version !== alert.version) ? 1 : 0
      const lines = linesUnder(seen, here)
      verdict.linesLost += Math.max(0, wanted - lines)
      verdict.linesTwice += Math.max(0, lines - wanted)
    }
  }
  return verdict
}

function linesUnder(seen: readonly Seen[], heads: readonly Seen[]): number {
  return seen.filter(({ head }) => heads.some(({ message }) => message === head)).length
}
