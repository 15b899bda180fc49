import nock from 'nock'
import { afterEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { ChatFault } from '../../../src/chat/fault.ts'
import { sdkLogger } from '../../../src/chat/slack/sdk-log.ts'
import { openWeb } from '../../../src/chat/slack/web.ts'
import { openLog } from '../../../src/log.ts'
import { openSlackFake, type SlackFake } from '../../fakes/slack/server.ts'

const log = sdkLogger(openLog('silent'))
const any = z.object({})
let fake: SlackFake | null = null
afterEach(async () => {
  await fake?.close()
  fake = null
})

async function faultOf(work: Promise<unknown>): Promise<ChatFault> {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof ChatFault)) throw new Error(`no fault but ${String(error)}`)
  return error
}

describe('what Slack says no with, in our words', () => {
  const said: readonly [string, string][] = [
    ['ratelimited', 'rate-limited'],
    ['msg_blocks_too_long', 'card-refused'],
    ['invalid_blocks', 'card-refused'],
    ['message_not_found', 'message-gone'],
    ['thread_not_found', 'message-gone'],
    ['cant_update_message', 'edit-closed'],
    ['edit_window_closed', 'edit-closed'],
    ['channel_not_found', 'channel-closed'],
    ['is_archived', 'channel-closed'],
    ['not_in_channel', 'channel-closed'],
    ['token_revoked', 'token-refused'],
    ['invalid_auth', 'token-refused'],
    ['account_inactive', 'token-refused'],
    ['internal_error', 'unclear'],
    ['fatal_error', 'unclear'],
    ['service_unavailable', 'unavailable'],
    ['something_new', 'refused'],
  ]
  test('its error words', async () => {
    fake = await openSlackFake()
    const web = openWeb(fake.token, fake.apiUrl, log)
    for (const [error, code] of said) {
      fake.plan('chat.postMessage', { kind: 'error', error })
      expect(await faultOf(web.call('chat.postMessage', { text: 'x' }, any)), error).toMatchObject({
        code,
        message: `Slack chat.postMessage: ${error}`,
      })
    }
  })

  test('a missing scope is named', async () => {
    fake = await openSlackFake()
    fake.knobs.scopes = ['chat:write']
    const web = openWeb(fake.token, fake.apiUrl, log)
    expect(await faultOf(web.call('users.info', { user: 'U1' }, any))).toMatchObject({
      code: 'token-refused',
      message: 'Slack users.info: missing_scope (the app needs the scope users:read)',
    })
  })

  test('transport: a limit with its pause, server faults, a lost answer, a refused connection', async () => {
    fake = await openSlackFake()
    const channel = fake.space.addChannel('C0')
    const web = openWeb(fake.token, fake.apiUrl, log)
    const call = () => faultOf(web.call('chat.postMessage', { channel: 'C0', text: 'x' }, any))
    fake.plan('chat.postMessage', { kind: 'limit', seconds: 30 })
    expect(await call()).toMatchObject({ code: 'rate-limited', retryAfterMs: 30_000 })
    fake.plan('chat.postMessage', { kind: 'status', status: 500 })
    expect(await call()).toMatchObject({ code: 'unclear' })
    fake.plan('chat.postMessage', { kind: 'status', status: 503 })
    expect(await call()).toMatchObject({ code: 'unavailable' })
    fake.plan('chat.postMessage', { kind: 'drop-after' })
    expect(await call()).toMatchObject({ code: 'unclear' })
    expect(channel.messages).toHaveLength(1)
    // Each of these was one request: the SDK tried nothing again.
    expect(fake.calls).toHaveLength(4)
    const gone = await openSlackFake()
    const { apiUrl } = gone
    await gone.close()
    const refused = openWeb(fake.token, apiUrl, log).call('chat.postMessage', { text: 'x' }, any)
    expect(await faultOf(refused)).toMatchObject({ code: 'unavailable' })
  })

  test('an answer that comes too late is unclear', async () => {
    fake = await openSlackFake()
    fake.plan('views.open', { kind: 'slow', ms: 60_000 })
    const web = openWeb(fake.token, fake.apiUrl, log)
    expect(await faultOf(web.quick('views.open', { trigger_id: '1.1.a', view: {} }, any))).toMatchObject({
      code: 'unclear',
      message: 'Slack views.open: TimeoutError',
    })
  })

  test('an answer without what was asked for, and one that is no JSON, are unclear', async () => {
    fake = await openSlackFake()
    const web = openWeb(fake.token, fake.apiUrl, log)
    const wanted = z.object({ ts: z.string() })
    expect(await faultOf(web.call('auth.test', {}, wanted))).toMatchObject({ code: 'unclear' })
    nock('https://slack.com').post('/api/auth.test').reply(200, '<html>maintenance</html>')
    const real = openWeb('xoxb-secret', null, log)
    expect(await faultOf(real.call('auth.test', {}, any))).toMatchObject({ code: 'unclear' })
    expect(nock.isDone()).toBe(true)
    nock.restore()
  })
})

test('no fault and no line of the SDK carries a token, an address or what was sent', async () => {
  fake = await openSlackFake()
  const lines: string[] = []
  const loud = sdkLogger(openLog('debug', { write: (line: string) => void lines.push(line) }))
  const web = openWeb(fake.token, fake.apiUrl, loud)
  fake.plan('chat.postMessage', { kind: 'reset' }, { kind: 'error', error: 'invalid_blocks' })
  for (let time = 0; time < 2; time += 1) {
    const fault = await faultOf(
      web.call('chat.postMessage', { channel: 'C0', text: '何雨婷 13800138000' }, any),
    )
    lines.push(fault.message, JSON.stringify(fault))
  }
  expect(lines.join('\n')).not.toMatch(/xoxb|何雨婷|13800138000|127\.0\.0\.1/)
})
