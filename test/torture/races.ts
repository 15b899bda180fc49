import { fork } from 'node:child_process'
import { once } from 'node:events'
import fc from 'fast-check'
import type { Action, Alert } from '../../src/alerts/alert.ts'
import { randomIds } from '../../src/ids.ts'
import { MIGRATIONS } from '../../src/paths.ts'
import type { Place } from '../../src/store/database.ts'
import { openDatabase } from '../../src/store/database.ts'
import { openStore, type Store } from '../../src/store/store.ts'
import { answerOf, FRESH, type Press, press, stateTold, type Told, tellOn } from '../alerts/told.ts'
import { scriptAt } from '../built.ts'
import { type Figure, figure } from '../figure.ts'
import type { Findings, Options } from '../figures.ts'
import { postgresServer } from '../postgres-server.ts'
import { openCase } from '../store/samples.ts'
import { type Arenas, embedded, onServer } from './databases.ts'
import { type Answers, type Errand, runErrands, viaOf } from './lane.ts'

const LANES = ['one', 'two'] as const

/** Two lists of presses that are made at the same time, each in its order. */
type Schedule = readonly [readonly Press[], readonly Press[]]
const presses = fc.array(press, { minLength: 1, maxLength: 4 })
const schedule: fc.Arbitrary<Schedule> = fc.tuple(presses, presses)

/** Schedules played at once: enough to keep both workers busy, few enough to really meet. */
const AT_ONCE = 10

/** Someone who does errands on the cases. */
interface Lane {
  run(errands: readonly Errand[]): Promise<readonly Answers[]>
  close(): Promise<void>
}

/**
 * Random schedules of presses by two workers on the same cases: what comes of each must be what the table, told in
 * other words, makes of the presses in some order, and each refusal one that it gives on the way.
 */
export async function races({ quick, seed }: Options): Promise<Findings> {
  const count = quick ? 40 : 1_000
  const server = await postgresServer()
  try {
    const figures = [...(await race('pglite', embedded, count, seed))]
    if (typeof server !== 'string')
      figures.push(...(await race('postgres', onServer(server.url), count, seed)))
    return { figures, missing: typeof server === 'string' ? [server] : [] }
  } finally {
    if (typeof server !== 'string') await server.stop()
  }
}

export async function race(name: string, arenas: Arenas, count: number, seed: string): Promise<Figure[]> {
  const started = performance.now()
  const { place, drop } = await arenas()
  const database = await openDatabase(place, MIGRATIONS)
  const store = openStore(database, randomIds, 'CNY')
  const lanes = await Promise.all(LANES.map((lane) => openLane(lane, place, store)))
  const schedules = fc.sample(schedule, { seed: numberOf(seed), numRuns: count })
  const sum = { matching: 0, done: 0, refused: 0, interleaved: 0 }
  try {
    for (let first = 0; first < count; first += AT_ONCE) {
      for (const fault of await round(store, lanes, schedules.slice(first, first + AT_ONCE), sum))
        process.stderr.write(`${name}: ${fault}\n`)
    }
  } finally {
    for (const lane of lanes) await lane.close()
    await database.close()
    await drop()
  }
  const id = `races.${name}`
  return [
    figure(`${id}.schedules`, count, 'schedules', `=${count}`),
    figure(`${id}.matching`, sum.matching, 'schedules', `=${count}`),
    figure(`${id}.moves`, sum.done, 'moves'),
    figure(`${id}.refused`, sum.refused, 'moves'),
    figure(`${id}.interleaved`, sum.interleaved, 'schedules', '>=1'),
    figure(`${id}.seconds`, (performance.now() - started) / 1_000, 's'),
  ]
}

/** Plays some schedules at once and compares each with the model; gives what does not fit. */
async function round(
  store: Store,
  lanes: readonly Lane[],
  schedules: readonly Schedule[],
  sum: { matching: number; done: number; refused: number; interleaved: number },
): Promise<string[]> {
  const alerts: Alert[] = []
  for (const _ of schedules) alerts.push(await openCase(store, 'P2'))
  const answers = await Promise.all(
    lanes.map((lane, index) =>
      lane.run(schedules.map((each, place) => ({ alert: alerts[place]!.id, presses: each[index]! }))),
    ),
  )
  const faults: string[] = []
  for (const [place, each] of schedules.entries()) {
    const alert = (await store.alerts.get(alerts[place]!.id))!
    const actions = (await store.alerts.actions(alert.id)).filter(({ verb }) => verb !== 'open')
    const given = answers.map((lane) => lane[place]!)
    const fault = faultIn(each, given, actions, alert)
    if (fault === null) sum.matching += 1
    else faults.push(`${fault}: ${JSON.stringify({ each, given, actions })}`)
    sum.done += actions.length
    sum.refused += given.flat().filter((answer) => answer !== null).length
    if (isInterleaved(actions)) sum.interleaved += 1
  }
  return faults
}

/** Why what happened is not what the model makes of it; null when it is. */
export function faultIn(
  presses: Schedule,
  answers: readonly Answers[],
  actions: readonly Action[],
  alert: Pick<Alert, 'state' | 'owner' | 'version'>,
): string | null {
  const pressOf = new Map(
    LANES.flatMap((lane, at) => presses[at]!.map((each, index) => [viaOf(lane, index), each] as const)),
  )
  const stands: Told[] = [FRESH]
  for (const { via } of actions) {
    const made = pressOf.get(via)!
    if (answerOf(stands.at(-1)!, made) !== null) return `${via} should have been refused`
    stands.push(tellOn(stands.at(-1)!, made))
  }
  for (const [at, lane] of LANES.entries()) {
    const done = actions.filter(({ via }) => via.startsWith(`${lane}/`)).map(({ via }) => via)
    const accepted = answers[at]!.flatMap((answer, index) => (answer === null ? [viaOf(lane, index)] : []))
    if (done.join() !== accepted.join())
      return `${lane} was told ${accepted.join()}, and ${done.join()} is written`
    for (const [index, answer] of answers[at]!.entries()) {
      const made = presses[at]![index]!
      if (answer !== null && !stands.some((told) => answerOf(told, made) === answer))
        return `${viaOf(lane, index)} was refused with ${answer}`
    }
  }
  const told = stands.at(-1)!
  if (alert.state !== stateTold(told) || alert.owner !== told.owner)
    return `it stands at ${alert.state} (${alert.owner})`
  return alert.version === 1 + actions.length ? null : `its version is ${alert.version}`
}

/** True when neither worker had finished before the other began. */
function isInterleaved(actions: readonly Action[]): boolean {
  const turns = actions.filter(
    ({ via }, index) => index > 0 && laneOf(via) !== laneOf(actions[index - 1]!.via),
  )
  return turns.length > 1
}

const laneOf = (via: string): string => via.slice(0, via.indexOf('/'))

/** A process of its own on a server; the embedded database has one process, so there both share it. */
async function openLane(lane: string, place: Place, store: Store): Promise<Lane> {
  if (place.kind !== 'server') {
    return { run: (errands) => runErrands(store, lane, errands), close: async () => {} }
  }
  const { file, execArgv } = scriptAt(import.meta.url, './lane-worker')
  const child = fork(file, [lane, JSON.stringify(place)], { execArgv })
  await once(child, 'message')
  return {
    run: async (errands) => {
      child.send(errands as Errand[])
      const [said] = (await once(child, 'message')) as [{ answers?: readonly Answers[]; error?: string }]
      if (said.answers === undefined) throw new Error(said.error)
      return said.answers
    },
    close: async () => {
      child.disconnect()
      await once(child, 'exit')
    },
  }
}

/** Any word as a seed that fast-check takes. */
function numberOf(seed: string): number {
  return [...seed].reduce((sum, char) => (sum * 31 + char.codePointAt(0)!) | 0, 7)
}
