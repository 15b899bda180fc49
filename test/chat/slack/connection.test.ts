import { afterEach, expect, test } from 'vitest'
import { openSlack, type Slack } from '../../../src/chat/slack/slack.ts'
import { systemClock } from '../../../src/clock.ts'
import { openLog } from '../../../src/log.ts'
import { openServer } from '../../../src/server.ts'
import { claimAction, pressBody } from '../../fakes/slack/people.ts'
import { openSlackFake, type SlackFake } from '../../fakes/slack/server.ts'
import { sendSigned } from '../../fakes/slack/signed.ts'
import { memoryCounter, openUnderTest, type SlackUnderTest, until } from './open.ts'

let under: Pick<SlackUnderTest, 'close'>
afterEach(() => under.close())

test('Slack asks to connect anew and a cut line: it is back at once, and clicks come in', async () => {
  const opened = await openUnderTest('socket')
  under = opened
  const { fake, slack, counter } = opened
  expect(slack.health()).toMatchObject({ connected: true, problem: null, exhausted: false })
  expect(fake.calls.map(({ method }) => method)).toEqual(['auth.test', 'apps.connections.open'])
  fake.link.refresh()
  await until(() => fake.link.opened === 2 && slack.health().connected)
  fake.link.cut()
  await until(() => fake.link.opened === 3 && slack.health().connected)
  await fake.link.send('interactive', pressBody(fake, claimAction))
  expect(counter.taken).toHaveLength(1)
})

test('while no connection can be had health says so, then that it is exhausted, then it comes back', async () => {
  const opened = await openUnderTest('socket')
  under = opened
  const { fake, slack } = opened
  fake.link.refuse(true)
  fake.link.cut()
  await until(() => !slack.health().connected)
  expect(slack.health().problem).not.toBeNull()
  await until(() => slack.health().exhausted)
  fake.link.refuse(false)
  await until(() => slack.health().connected)
  expect(slack.health()).toMatchObject({ problem: null, exhausted: false })
})

test('a line that drops as soon as it is open is not opened anew without end', async () => {
  const opened = await openUnderTest('socket')
  under = opened
  const { fake, slack } = opened
  const flapping = setInterval(() => fake.link.cut(), 1)
  await until(() => slack.health().exhausted)
  clearInterval(flapping)
  expect(fake.link.opened).toBeLessThan(20)
  await until(() => slack.health().connected)
})

test('a click that is being kept when it stops is kept and acknowledged first', async () => {
  const opened = await openUnderTest('socket')
  under = { close: opened.fake.close }
  const { fake, slack, counter } = opened
  let keep = (): void => {}
  const kept = new Promise<void>((resolve) => {
    keep = resolve
  })
  const { take } = counter
  counter.take = async (event) => {
    await kept
    return take.call(counter, event)
  }
  const ack = fake.link.send('interactive', pressBody(fake, claimAction))
  await until(() => counter.asked === 1)
  const stopped = slack.stop()
  keep()
  await ack
  await stopped
  expect(counter.taken).toHaveLength(1)
})

test('a revoked token: the start does not fail, health names it; nothing ends the process', async () => {
  const fake = await openSlackFake()
  fake.knobs.tokenError = 'token_revoked'
  const slack = lone(fake)
  under = { close: () => closed(slack, fake) }
  await slack.start()
  expect(slack.health()).toMatchObject({
    connected: false,
    problem: 'Slack auth.test: token_revoked',
    exhausted: true,
  })
  fake.knobs.tokenError = null
  await until(() => slack.health().connected)
})

test('a wrong app-level token is told apart from a wrong bot token', async () => {
  const fake = await openSlackFake()
  fake.plan(
    'apps.connections.open',
    ...Array.from({ length: 50 }, () => ({ kind: 'error', error: 'invalid_auth' }) as const),
  )
  const slack = lone(fake)
  under = { close: () => closed(slack, fake) }
  await slack.start()
  expect(slack.health().problem).toContain('invalid_auth')
  expect(slack.health().problem).toContain('app-level token')
})

test('a stopped one says so; what comes before Slack has told who we are is to be sent again', async () => {
  const opened = await openUnderTest('http')
  under = opened
  expect(opened.slack.health().connected).toBe(true)
  await opened.slack.stop()
  expect(opened.slack.health()).toMatchObject({ connected: false, problem: 'stopped' })

  const early = lone(opened.fake, 'secret')
  const server = await openServer({
    host: '127.0.0.1',
    port: 0,
    log: openLog('silent'),
    routes: [early.routes!],
    ready: async () => [],
  })
  const signing = { secret: 'secret', timestamp: Math.floor(Date.now() / 1_000) }
  const answer = await sendSigned(`${server.url}/slack/events`, pressBody(opened.fake, claimAction), signing)
  expect(answer.status).toBe(503)
  await server.close()
})

function lone(fake: SlackFake, signingSecret: string | null = null): Slack {
  return openSlack({
    token: fake.token,
    appToken: fake.appToken,
    signingSecret,
    apiUrl: fake.apiUrl,
    counter: memoryCounter(),
    clock: systemClock,
    log: openLog('silent'),
    localeOf: () => 'en',
    stepMs: 2,
  })
}

async function closed(slack: Slack, fake: SlackFake): Promise<void> {
  await slack.stop()
  await fake.close()
}
