import type { Counter, FormAsked, Inbound } from '../../../src/chat/inbound.ts'
import { openSlack, type Slack, type SlackOptions } from '../../../src/chat/slack/slack.ts'
import { systemClock } from '../../../src/clock.ts'
import { openLog } from '../../../src/log.ts'
import { openServer } from '../../../src/server.ts'
import type { Locale } from '../../../src/text.ts'
import { openSlackFake, type SlackFake } from '../../fakes/slack/server.ts'

/** What the counter was handed, and how it behaves. */
export interface CounterUnderTest {
  readonly taken: Inbound[]
  /** How often it was asked to take something, kept or not. */
  tries: number
  /** How often it was asked for a form. */
  asked: number
  /** Thrown by the next calls. */
  fails: boolean
  form: FormAsked | null
  take(event: Inbound): Promise<boolean>
  formFor(event: Inbound): Promise<FormAsked | null>
  casesFor: Counter['casesFor']
}

export function memoryCounter(): CounterUnderTest {
  return {
    taken: [],
    tries: 0,
    asked: 0,
    fails: false,
    form: null,
    async take(event) {
      this.tries += 1
      if (this.fails) throw new Error('the database is down')
      if (this.taken.some(({ id }) => id === event.id)) return false
      this.taken.push(event)
      return true
    },
    casesFor: async () => [],
    async formFor() {
      this.asked += 1
      if (this.fails) throw new Error('the database is down')
      return this.form
    },
  }
}

export interface SlackUnderTest {
  readonly fake: SlackFake
  readonly slack: Slack
  readonly counter: CounterUnderTest
  /** Where Slack sends signed requests; in HTTP mode only. */
  readonly url: string
  readonly secret: string
  close(): Promise<void>
}

const SECRET = 'fake-signing-secret'

/** Slack, connected to a fake of it, over a socket or over HTTP. */
export async function openUnderTest(
  mode: 'socket' | 'http',
  localeOf: (channel: string | null) => Locale = () => 'en',
  rest: Pick<SlackOptions, 'draw'> = {},
): Promise<SlackUnderTest> {
  const fake = await openSlackFake()
  fake.space.addChannel('C0ALERTS')
  fake.space.addUser('U0LIN')
  const counter = memoryCounter()
  const log = openLog('silent')
  const slack = openSlack({
    token: fake.token,
    appToken: mode === 'socket' ? fake.appToken : null,
    signingSecret: mode === 'http' ? SECRET : null,
    apiUrl: fake.apiUrl,
    counter,
    clock: systemClock,
    log,
    localeOf,
    stepMs: 2,
    ...rest,
  })
  const server =
    mode === 'http'
      ? await openServer({ host: '127.0.0.1', port: 0, log, routes: [slack.routes!], ready: async () => [] })
      : null
  await slack.start()
  return {
    fake,
    slack,
    counter,
    url: `${server?.url}/slack/events`,
    secret: SECRET,
    close: async () => {
      await slack.stop()
      await server?.close()
      await fake.close()
    },
  }
}

/** Looks until it is so. */
export async function until(isSo: () => boolean): Promise<void> {
  for (let tries = 0; !isSo(); tries += 1) {
    if (tries > 1_000) throw new Error('it did not come to pass')
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
