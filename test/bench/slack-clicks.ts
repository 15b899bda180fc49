import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { scriptAt } from '../built.ts'
import { pressBody, submitBody } from '../fakes/slack/people.ts'
import { openSlackFake, type SlackFake } from '../fakes/slack/server.ts'
import { type Figure, figure } from '../figures.ts'
import type { Arenas } from '../torture/databases.ts'
import { PRESSERS, writeCompany } from './company.ts'
import { openLoop, share, type Waited } from './open-loop.ts'
import { type Due, type Load, pressesOf } from './presses.ts'

const CHANNEL = 'C1'
/** A click without an answer by then has none. */
const LOST_MS = 30_000

/**
 * The same clicks down Slack's socket: to an app of Bolt that does nothing but answer, then to the whole program, each
 * a process of its own beside the fake Slack in this one.
 */
export async function slackClicksOn(arenas: Arenas, load: Load): Promise<Figure[]> {
  const bare = await onFake(async (fake) => {
    const bolt = start('./bare-bolt', [fake.token, fake.appToken, fake.apiUrl])
    await begun(bolt)
    const cards = Array.from(
      { length: load.customers },
      (_, no) => `1780000000.${String(no).padStart(6, '0')}`,
    )
    const waited = await pressAll(fake, cards, load)
    await ended(bolt)
    return waited
  })
  const whole = await onFake((fake) => onProgram(fake, arenas, load))
  return figuresOf('clicks.slack', whole, bare)
}

async function onProgram(fake: SlackFake, arenas: Arenas, load: Load): Promise<Waited> {
  const folder = mkdtempSync(join(tmpdir(), 'foreshock-clicks-'))
  const { place, drop } = await arenas()
  const config = writeCompany(folder, load.customers, 'slack')
  const env = {
    ...process.env,
    ...{ SLACK_BOT_TOKEN: fake.token, SLACK_APP_TOKEN: fake.appToken, SLACK_API_URL: fake.apiUrl },
    ...(place.kind === 'server' ? { DATABASE_URL: place.url } : {}),
    FORESHOCK_PORT: '0',
  }
  try {
    const program = start('./slack-program', [config], env)
    await begun(program)
    const { messages } = fake.space.channels.get(CHANNEL)!
    const heads = () => messages.filter(({ thread }) => thread === null)
    while (heads().length < load.customers) await pause(100)
    const waited = await pressAll(
      fake,
      heads().map(({ ts }) => ts),
      load,
    )
    await ended(program)
    return waited
  } finally {
    await drop()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function onFake(work: (fake: SlackFake) => Promise<Waited>): Promise<Waited> {
  const fake = await openSlackFake(() => Date.now())
  fake.space.addChannel(CHANNEL)
  for (const person of PRESSERS) fake.space.addUser(`U-${person}`)
  try {
    return await work(fake)
  } finally {
    await fake.close()
  }
}

function pressAll(fake: SlackFake, cards: readonly string[], load: Load): Promise<Waited> {
  return openLoop(pressesOf(cards.length, load.aSecond, load.seconds), async (due) => {
    const answer = fake.link.send('interactive', bodyOf(fake, cards[due.card]!, due))
    const ack = await Promise.race([answer, pause(LOST_MS, null, { ref: false })])
    return ack !== null && ack.payload?.['response_action'] === undefined
  })
}

/** A press; with values, the form that it would have opened is sent instead. */
function bodyOf(fake: SlackFake, message: string, { person, command, form, request }: Due): object {
  const user = { id: `U-${person}`, team_id: fake.space.team }
  const channel = { id: CHANNEL }
  if (form === null) {
    const action = { action_id: `${command}:0`, action_ts: request, value: '{"a":""}' }
    const rest = { user, channel, container: { channel_id: CHANNEL }, message }
    return pressBody(fake, action, { ...rest, response_url: fake.responseUrl(request) })
  }
  const from = { channel: CHANNEL, message, thread: null, responseUrl: fake.responseUrl(request) }
  const private_metadata = JSON.stringify({ from, command, args: '', version: null })
  return { ...submitBody(fake, { id: request, view: { callback_id: 'form', private_metadata } }, form), user }
}

/** A program of this folder, named without its ending. */
function start(path: string, words: readonly string[], env = process.env): ChildProcess {
  const { file, execArgv } = scriptAt(import.meta.url, path)
  return fork(file, words, { execArgv, env, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
}

async function begun(child: ChildProcess): Promise<void> {
  const failed = once(child, 'exit').then(([code]) => {
    throw new Error(`a program under measure ended with code ${code}`)
  })
  await Promise.race([once(child, 'message'), failed])
  failed.catch(() => {})
}

async function ended(child: ChildProcess): Promise<void> {
  const exited = once(child, 'exit')
  child.disconnect()
  await exited
}

function figuresOf(id: string, { waits, errors }: Waited, bare: Waited): Figure[] {
  return [
    figure(`${id}.sent`, waits.length, 'clicks'),
    figure(`${id}.errors`, errors + bare.errors, 'clicks', '=0'),
    figure(`${id}.ack_p50_ms`, share(waits, 0.5), 'ms'),
    figure(`${id}.ack_p99_ms`, share(waits, 0.99), 'ms', '<500'),
    figure(`${id}.ack_max_ms`, share(waits, 1), 'ms', '<3000'),
    figure(`${id}.bare_bolt_p50_ms`, share(bare.waits, 0.5), 'ms'),
    figure(`${id}.bare_bolt_p99_ms`, share(bare.waits, 0.99), 'ms'),
    figure(`${id}.p99_beside_bare_bolt`, share(waits, 0.99) / share(bare.waits, 0.99), 'times'),
  ]
}
