import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openDoor } from '../../../src/chat/slack/door.ts'
import { normalize } from '../../../src/chat/slack/normalize.ts'
import { sdkLogger } from '../../../src/chat/slack/sdk-log.ts'
import { unformat } from '../../../src/chat/slack/unformat.ts'
import { openWeb } from '../../../src/chat/slack/web.ts'
import { openLog } from '../../../src/log.ts'

const self = { team: 'T0FAKE', user: 'U0BOT', bot: 'B0BOT' }

test('nothing that can be said in JSON trips it', () => {
  const type = fc.constantFrom('event_callback', 'block_actions', 'view_submission', 'message_action', 'x')
  const body = fc.tuple(fc.anything(), type).map(([thing, kind]) => ({ ...Object(thing), type: kind }))
  fc.assert(
    fc.property(fc.oneof(fc.anything(), body), (thing) => {
      expect(normalize(thing, self).kind).toMatch(/^(ignored|foreign)$/)
    }),
  )
})

test('what was typed, without Slack’s dressing', () => {
  expect(unformat('<@U0BOT> show <mailto:a@b.cn|a@b.cn>', 'U0BOT')).toBe('show a@b.cn')
  expect(unformat('reassign A-1 <@U0ANN|ann> <#C1|general> <!here>', 'U0BOT')).toBe(
    'reassign A-1 @U0ANN #general @here',
  )
  expect(unformat('show <tel:13800138000|138 0013 8000> &lt;b&gt; &amp;amp;', 'U0BOT')).toBe(
    'show 138 0013 8000 <b> &amp;',
  )
  expect(unformat('<https://x.cn>\u202e', 'U0BOT')).toBe('https://x.cn')
  expect(unformat('<'.repeat(40_000), 'U0BOT')).toHaveLength(4_000)
})

test('a database that hangs is not waited for longer than a click lives', async () => {
  const log = openLog('silent')
  const said: string[] = []
  const never = new Promise<never>(() => {})
  const door = openDoor({
    web: openWeb('xoxb-x', 'http://127.0.0.1:9/', sdkLogger(log)),
    counter: { take: () => never, formFor: async () => null, casesFor: async () => [] },
    log,
    self: () => self,
    localeOf: () => 'zh',
    whisper: async (_event, words) => void said.push(words),
    patienceMs: 10,
  })
  const press = {
    type: 'block_actions',
    team: { id: 'T0FAKE' },
    user: { id: 'U0LIN' },
    trigger_id: '1.1.a',
    container: { message_ts: '1.1' },
    actions: [{ action_id: 'claim:0', value: '{"a":"A-1"}' }],
  }
  let acks = 0
  await door.receive(press, async () => {
    acks += 1
  })
  expect(acks).toBe(1)
  expect(said).toEqual([expect.stringContaining('可能没有记下')])
})
