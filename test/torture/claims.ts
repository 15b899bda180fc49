import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { jobs } from '../../jobs/index.ts'
import type { Alert } from '../../src/alerts/alert.ts'
import { readConfig } from '../../src/config.ts'
import type { Context } from '../../src/context.ts'
import { openLog } from '../../src/log.ts'
import { openForeshock } from '../../src/main.ts'
import { type Figure, type Findings, figure, type Options } from '../figures.ts'
import { postgresServer } from '../postgres-server.ts'
import { writeAngryCompany } from './angry-company.ts'
import { type Arenas, onServer } from './databases.ts'
import { openFleet } from './fleet.ts'
import type { OpenStage, Stage } from './stage.ts'
import { STAGES } from './stages.ts'

export interface Rush {
  /** People who press claim on the same card in the same second. */
  readonly people: number
  readonly rounds: number
  /** Cards that change again and again, and how often in all. */
  readonly cards: number
  readonly changes: number
}

const WHOLE: Rush = { people: 200, rounds: 50, cards: 20, changes: 600 }
export const SHORT: Rush = { people: 20, rounds: 2, cards: 3, changes: 18 }
const REPLICAS = 3
const CHANNELS = 2
/** A card that is wrong for longer than this is a fault; given up after a minute. */
const RIGHT_MS = 5_000
const GIVEN_UP_MS = 60_000

/**
 * Everybody presses claim on one card in the same second, on three processes: one owner, everybody else is told politely
 * who was faster, and every card of the case says so within seconds. Then cards change faster than they can be drawn.
 */
export async function claims({ quick }: Options): Promise<Findings> {
  const server = await postgresServer()
  if (typeof server === 'string') return { figures: [], missing: [server] }
  try {
    const figures: Figure[] = []
    for (const [name, open] of STAGES)
      figures.push(...(await rush(name, open, onServer(server.url), quick ? SHORT : WHOLE)))
    return { figures }
  } finally {
    await server.stop()
  }
}

export async function rush(name: string, open: OpenStage, arenas: Arenas, rush: Rush): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'foreshock-claims-'))
  const { place, drop } = await arenas()
  const stage = await open(CHANNELS)
  const customers = rush.rounds + rush.cards
  const company = { customers, people: rush.people, channels: CHANNELS }
  const { configFile, people } = writeAngryCompany(folder, stage, company)
  const program = await openForeshock({ config: readConfig(configFile, {}), log: openLog('error'), place })
  const { ctx } = program
  try {
    for (const job of ['pull', 'score'])
      await jobs.find((each) => each.name === job)!.run(ctx, new AbortController().signal)
    await meetEveryone(ctx, stage, people)
    const fleet = await openFleet(REPLICAS, {
      ...{ configFile, place, stage: stage.settings, leaseMs: 30_000, logLevel: 'error' },
    })
    const alerts = (await ctx.store.alerts.list({})).toSorted((a, b) => a.no - b.no)
    const desk = { ctx, stage, people }
    await allRight(
      desk,
      alerts.map(({ id }) => id),
    )
    const claimed = await everyoneClaims(desk, alerts.slice(0, rush.rounds))
    const changed = await everythingChanges(desk, alerts.slice(rush.rounds), rush)
    await fleet.end()
    return figuresOf(`claims.${name}`, rush, claimed, changed, stage)
  } finally {
    await stage.close()
    await program.close()
    await drop()
    rmSync(folder, { recursive: true, force: true })
  }
}

interface Desk {
  readonly ctx: Context
  readonly stage: Stage
  readonly people: readonly string[]
}

/** As if everybody had used it before: their accounts are linked and their platform was just asked about them. */
async function meetEveryone({ store, clock }: Context, stage: Stage, people: readonly string[]) {
  for (const person of people)
    await store.chatUsers.link(
      { chat: stage.chat, workspace: stage.workspace, user: stage.user(person) },
      person,
      'config',
      clock.now(),
    )
}

interface Claimed {
  /** Rounds with one owner and one claim in the history. */
  one: number
  /** People told that they got it, and people told who did. */
  winners: number
  polite: number
  readonly acks: number[]
  readonly rightAfter: number[]
}

async function everyoneClaims(desk: Desk, alerts: readonly Alert[]): Promise<Claimed> {
  const { ctx, stage, people } = desk
  const sum: Claimed = { one: 0, winners: 0, polite: 0, acks: [], rightAfter: [] }
  for (const { id, no } of alerts) {
    const card = messageOf(stage, no)
    await Promise.all(
      people.map(async (person) => {
        const from = performance.now()
        const press = {
          ...card,
          id: `claim-${no}-${person}`,
          user: stage.user(person),
          command: 'claim',
          version: 1,
        }
        await stage.press(press)
        sum.acks.push(performance.now() - from)
      }),
    )
    sum.rightAfter.push(await allRight(desk, [id], 2))
    const answers = await answersTo(stage, no, people)
    const { owner } = (await ctx.store.alerts.get(id))!
    const moves = (await ctx.store.alerts.actions(id)).filter(({ verb }) => verb === 'claim')
    const winners = people.filter((person) => answers.get(person)?.includes('is yours'))
    if (moves.length === 1 && winners.join() === owner) sum.one += 1
    sum.winners += winners.length
    sum.polite += people.filter((person) =>
      answers.get(person)?.includes(`already claimed by ${owner}`),
    ).length
  }
  return sum
}

async function answersTo(stage: Stage, no: number, people: readonly string[]): Promise<Map<string, string>> {
  const answers = new Map<string, string>()
  const from = performance.now()
  while (answers.size < people.length && performance.now() - from < GIVEN_UP_MS) {
    for (const person of people) {
      const answer = stage.answerTo(`claim-${no}-${person}`)
      if (answer !== null) answers.set(person, answer)
    }
    if (answers.size < people.length) await pause(20)
  }
  return answers
}

/** Each card's owner claims, reaches, puts off, claims again ... as fast as the platform takes presses. */
async function everythingChanges(
  desk: Desk,
  alerts: readonly Alert[],
  { changes }: Rush,
): Promise<{ made: number; rightAfter: number }> {
  const { ctx, stage, people } = desk
  let made = 0
  await Promise.all(
    alerts.map(async ({ id, no }, place) => {
      const person = ctx.people.get(people[place % people.length]!)!
      const card = messageOf(stage, no)
      for (let turn = 0; turn < changes / alerts.length; turn += 1) {
        // Every other change comes from a button, the rest from somewhere else.
        const verb = (['claim', 'snooze'] as const)[turn % 2]!
        if (verb === 'claim') {
          const press = {
            ...card,
            id: `turn-${no}-${turn}`,
            user: stage.user(person.id),
            command: verb,
            version: null,
          }
          await stage.press(press)
          while ((await ctx.store.alerts.get(id))!.state !== 'claimed') await pause(5)
        } else {
          const at = ctx.clock.now()
          const move = { verb, by: person.id, at, until: new Date(at.getTime() + 86_400_000) }
          const asked = { person, via: 'torture', request: null, note: '' }
          await ctx.store.cases.move(id, move, asked, await ctx.caseRules())
        }
        made += 1
      }
    }),
  )
  return {
    made,
    rightAfter: await allRight(
      desk,
      alerts.map(({ id }) => id),
    ),
  }
}

/** Milliseconds until every card of these cases shows its present version, which has come at least so far. */
async function allRight({ ctx, stage }: Desk, ids: readonly string[], least = 1): Promise<number> {
  const from = performance.now()
  const isRight = async (id: string): Promise<boolean> => {
    const { no, version } = (await ctx.store.alerts.get(id))!
    const cards = stage.seen().filter((seen) => seen.head === null && seen.no === no)
    return version >= least && cards.length === CHANNELS && cards.every((card) => card.version === version)
  }
  const wrong = new Set(ids)
  while (performance.now() - from < GIVEN_UP_MS) {
    for (const id of [...wrong]) if (await isRight(id)) wrong.delete(id)
    if (wrong.size === 0) break
    await pause(20)
  }
  return performance.now() - from
}

function messageOf(stage: Stage, no: number): { channel: string; message: string } {
  const { channel, message } = stage.seen().find((seen) => seen.head === null && seen.no === no)!
  return { channel, message }
}

function figuresOf(
  id: string,
  { people, rounds, changes }: Rush,
  { one, winners, polite, acks, rightAfter }: Claimed,
  changed: { made: number; rightAfter: number },
  stage: Stage,
): Figure[] {
  const sorted = acks.toSorted((a, b) => a - b)
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!
  const slow = rightAfter.filter((ms) => ms > RIGHT_MS).length
  return [
    figure(`${id}.one_owner`, one, 'rounds', `=${rounds}`),
    figure(`${id}.winners`, winners, 'people', `=${rounds}`),
    figure(`${id}.polite_answers`, polite, 'people', `=${rounds * (people - 1)}`),
    figure(`${id}.ack_p99_ms`, at(0.99), 'ms'),
    figure(`${id}.ack_max_ms`, at(1), 'ms', '<3000'),
    figure(`${id}.cards_right_after_s`, Math.max(...rightAfter) / 1_000, 's'),
    figure(`${id}.cards_late`, slow, 'rounds', '=0'),
    figure(`${id}.changes`, changed.made, 'changes', `=${changes}`),
    figure(`${id}.stale`, stage.stale(), 'edits', '=0'),
    figure(`${id}.changes_right_after_s`, changed.rightAfter / 1_000, 's', '<=10'),
  ]
}
