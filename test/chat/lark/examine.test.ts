import { afterEach, beforeEach, expect, test } from 'vitest'
import { examineLark } from '../../../src/chat/lark/examine.ts'
import { PERMISSIONS } from '../../../src/chat/lark/manifest.ts'
import { systemClock } from '../../../src/clock.ts'
import { openLog } from '../../../src/log.ts'
import { type LarkFake, openLarkFake } from '../../fakes/lark.ts'
import { APP } from '../../fakes/lark-world.ts'

let fake: LarkFake
beforeEach(async () => {
  fake = await openLarkFake()
  for (const { scope } of PERMISSIONS) fake.world.scopes.add(scope)
})
afterEach(async () => fake.close())

async function found(over: Partial<Parameters<typeof examineLark>[0]> = {}): Promise<string[]> {
  const findings = await examineLark({
    ...APP,
    domain: fake.url,
    webhook: null,
    channels: ['oc_alerts'],
    clock: systemClock,
    log: openLog('silent'),
    ...over,
  })
  return findings.map(
    ({ about, ok, note, says }) =>
      `${ok ? (note === true ? 'note' : 'ok') : 'FAIL'} ${about}: ${says.zh} / ${says.en}`,
  )
}

test('all is well', async () => {
  expect(await found()).toMatchSnapshot()
  expect(await found({ webhook: { encryptKey: 'e', verificationToken: 'v' } })).toContainEqual(
    expect.stringMatching(/^ok Lark events/),
  )
})

test('every fault names its mend, in both languages', async () => {
  fake.world.scopes.delete('im:message:send_as_bot')
  fake.world.scopes.delete('im:message.urgent')
  fake.trouble({
    on: /ws\/endpoint/,
    tell: { status: 200, body: { code: 403, msg: 'forbidden' } },
  })
  expect(await found({ channels: ['oc_alerts', 'oc_gone', 'ou_lin'] })).toMatchSnapshot()
})

test('a bot that is off, a secret that is wrong, a server that is not there: one finding each', async () => {
  expect(await found({ appSecret: 'wrong' })).toEqual([
    expect.stringMatching(/^FAIL Lark LARK_APP_ID: 飞书拒绝/),
  ])
  fake.world.botOn = false
  expect(await found()).toEqual([expect.stringMatching(/^FAIL Lark bot: 机器人没有启用/)])
  await fake.close()
  expect(await found()).toEqual([expect.stringMatching(/^FAIL Lark LARK_APP_ID: 没能问到飞书/)])
  fake = await openLarkFake()
})

test('a bot that is in no chat yet is worth a note', async () => {
  fake.world.groups.clear()
  expect(await found({ channels: [] })).toContainEqual(expect.stringMatching(/^note Lark chats/))
})
