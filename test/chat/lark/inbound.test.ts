import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Lark } from '../../../src/chat/lark/lark.ts'
import { eventually } from '../../eventually.ts'
import { type LarkFake, openLarkFake } from '../../fakes/lark.ts'
import { envelope, joins, picks, picksFromMenu, presses, says } from '../../fakes/lark-people.ts'
import { TENANT } from '../../fakes/lark-world.ts'
import { caseCard, outcomeForm } from './cards.ts'
import { larkOver, openTestCounter, type TestCounter } from './open.ts'

let fake: LarkFake
let lark: Lark
let counter: TestCounter

beforeEach(async () => {
  fake = await openLarkFake()
  counter = openTestCounter()
  lark = larkOver(fake, counter)
  await lark.start()
})
afterEach(async () => {
  await lark.stop()
  await fake.close()
})

const alerts = { chat: 'lark', channel: 'oc_alerts' }
const lin = { chat: 'lark', workspace: TENANT, user: 'ou_lin' }
const toast = (content: string) => ({ code: 200, answer: { toast: { i18n: { zh_cn: content } } } })

async function posted() {
  await lark.chat.post(alerts, caseCard, 'card-1')
  return fake.shown('oc_alerts')[0]!
}

describe('a press on a card', () => {
  test('is kept before it is acknowledged, and answered with a toast in both languages', async () => {
    const message = await posted()
    const ack = await fake.wire.push(presses('ou_lin', message, '认领'))
    expect(ack).toMatchObject({
      code: 200,
      answer: { toast: { type: 'info', i18n: { zh_cn: '收到，马上处理', en_us: 'Got it' } } },
    })
    expect(counter.taken).toMatchObject([
      {
        by: lin,
        channel: 'oc_alerts',
        isDirect: false,
        message: message.id,
        did: { kind: 'press', command: 'claim', args: 'A-1042', form: null, version: 3 },
      },
    ])
  })

  test('that cannot be kept says so, for Lark never sends it again', async () => {
    counter.broken = new Error('the database is away')
    const ack = await fake.wire.push(presses('ou_lin', await posted(), '认领'))
    expect(ack).toMatchObject({ code: 200, answer: { toast: { type: 'error' } } })
    expect(ack).toMatchObject(toast('没有记录成功，请再按一次'))
  })

  test('that takes long is answered in time, and kept all the same', async () => {
    const slow = larkOver(fake, counter, { patienceMs: 20 })
    await lark.stop()
    await slow.start()
    counter.delayMs = 100
    const ack = await fake.wire.push(presses('ou_lin', await posted(), '认领'))
    expect(ack).toMatchObject({ answer: { toast: { type: 'warning' } } })
    await eventually(() => expect(counter.taken).toHaveLength(1))
    await slow.stop()
  })

  test('in the chat with one person belongs to that person’s channel', async () => {
    await lark.chat.post({ chat: 'lark', channel: 'ou_lin' }, caseCard, 'card-1')
    await fake.wire.push(presses('ou_lin', fake.aside('ou_lin')[0]!, '认领'))
    expect(counter.taken).toMatchObject([{ channel: 'ou_lin', isDirect: true }])
  })

  test('of another company is refused', async () => {
    const message = await posted()
    const ack = await fake.wire.push(presses('ou_spy', message, '认领', null, 'other-tenant'))
    expect(ack).toMatchObject(toast('这个机器人只为本企业服务'))
    expect(counter.taken).toEqual([])
  })
})

describe('a form', () => {
  beforeEach(() => {
    counter.form = { form: outcomeForm, locale: 'zh', command: 'resolve', args: 'A-1042' }
  })

  test('opens for the presser alone, and its values come back about the card that was pressed', async () => {
    const message = await posted()
    expect(await fake.wire.push(presses('ou_lin', message, '结案'))).toMatchObject(
      toast('请填写刚发给你的表单，只有你能看到'),
    )
    expect(counter.taken).toEqual([])
    const [form] = fake.aside('ou_lin')
    const values = { result: 'stays', action: '上门道歉', cost: '200' }
    const ack = await fake.wire.push(presses('ou_lin', form!, '结案', values))
    expect(ack.answer).toMatchObject({
      card: { type: 'raw', data: { header: { title: { content: '已提交' } } } },
    })
    expect(counter.taken).toMatchObject([
      {
        channel: 'oc_alerts',
        message: message.id,
        did: { kind: 'press', command: 'resolve', args: 'A-1042', form: values, version: 3 },
      },
    ])
  })

  test('in a topic group, which shows nothing to one alone, opens in the chat with the bot', async () => {
    const message = await posted()
    fake.world.groups.get('oc_alerts')!.topics = true
    await fake.wire.push(presses('ou_lin', message, '结案'))
    expect(fake.aside('ou_lin')).toMatchObject([{ chat: 'ou_lin' }])
  })

  test('that another person sends is about nothing but its own card', async () => {
    const message = await posted()
    await fake.wire.push(presses('ou_lin', message, '结案'))
    const [form] = fake.aside('ou_lin')
    await fake.wire.push(presses('ou_gu', form!, '结案', { result: 'lost' }))
    expect(counter.taken).toMatchObject([{ by: { user: 'ou_gu' }, message: form!.id }])
  })

  test('that was asked for in the thread of another case is about the one it names', async () => {
    await fake.wire.push(says('ou_lin', 'resolve A-1042', { chat: 'oc_alerts', root: 'om_of_another' }))
    const [form] = fake.aside('ou_lin')
    await fake.wire.push(presses('ou_lin', form!, '结案', { result: 'stays' }))
    expect(counter.taken).toMatchObject([{ channel: 'oc_alerts', message: null, did: { args: 'A-1042' } }])
  })

  test('can be put away', async () => {
    await fake.wire.push(presses('ou_lin', await posted(), '结案'))
    const ack = await fake.wire.push(presses('ou_lin', fake.aside('ou_lin')[0]!, '取消'))
    expect(ack).toMatchObject(toast('已取消，没有任何改动'))
    expect(counter.taken).toEqual([])
  })

  test('that cannot be shown says so', async () => {
    const message = await posted()
    fake.trouble({ on: /ephemeral/, tell: { status: 500, body: {} } })
    expect(await fake.wire.push(presses('ou_lin', message, '结案'))).toMatchObject(
      toast('没有记录成功，请再按一次'),
    )
  })
})

describe('what is written', () => {
  test('with a mention in a group: the line without the mention, in its thread', async () => {
    await fake.wire.push(says('ou_lin', 'top 20', { chat: 'oc_alerts', root: 'om_head' }))
    await fake.wire.push(says('ou_lin', 'mine', { chat: 'oc_alerts', post: true }))
    expect(counter.taken).toMatchObject([
      { by: lin, channel: 'oc_alerts', message: 'om_head', did: { kind: 'say', line: 'top 20' } },
      { channel: 'oc_alerts', message: null, did: { kind: 'say', line: 'mine' } },
    ])
  })

  test('in a group without a mention is not for us', async () => {
    await fake.wire.push(says('ou_lin', 'top 20', { chat: 'oc_alerts', mention: false }))
    expect(counter.taken).toEqual([])
  })

  test('to the bot alone, or chosen from its menu, comes from the person’s own channel', async () => {
    await fake.wire.push(says('ou_lin', '/churn mine'))
    await fake.wire.push(picksFromMenu('ou_lin', 'top_20'))
    expect(counter.taken).toMatchObject([
      { channel: 'ou_lin', isDirect: true, did: { line: '/churn mine' } },
      { channel: 'ou_lin', isDirect: true, did: { line: 'top 20' } },
    ])
  })

  test('that cannot be kept is left to Lark to send again, and kept then', async () => {
    counter.broken = new Error('the database is away')
    const event = says('ou_lin', 'mine')
    expect(await fake.wire.push(event)).toMatchObject({ code: 500 })
    counter.broken = null
    expect(await fake.wire.push(event)).toMatchObject({ code: 200 })
    expect(counter.taken).toHaveLength(1)
  })
})

test('a line of a card’s menu is a press of its command', async () => {
  const table = {
    kind: 'table',
    columns: ['编号'],
    rows: [{ cells: ['A-1042'], command: 'why A-1042' }],
  } as const
  const card = { ...caseCard.zh, blocks: [table] }
  await lark.chat.post(alerts, { zh: card, en: card }, 'list-1')
  await fake.wire.push(picks('ou_lin', fake.shown('oc_alerts')[0]!, 'why A-1042'))
  expect(counter.taken).toMatchObject([{ did: { kind: 'press', command: 'why', args: 'A-1042' } }])
})

test('the bot called into a chat and out of it', async () => {
  await fake.wire.push(joins('ou_lin', 'oc_new'))
  await fake.wire.push(joins('ou_lin', 'oc_new', false))
  expect(counter.taken).toMatchObject([
    { channel: 'oc_new', did: { kind: 'member', joined: true } },
    { channel: 'oc_new', did: { kind: 'member', joined: false } },
  ])
})

describe('frames', () => {
  test('split and out of order make one event; the same event twice acts once', async () => {
    const event = presses('ou_lin', await posted(), '认领')
    await fake.wire.push(event, { frames: 5, backwards: true })
    await fake.wire.push(event)
    expect(counter.taken).toHaveLength(1)
  })

  test('of events nobody asked for are acknowledged and left', async () => {
    expect(await fake.wire.push(envelope('drive.file.edit_v1', { file: 'x' }))).toMatchObject({ code: 200 })
    expect(await fake.wire.push({ hello: 'world' })).toMatchObject({ code: 200 })
    expect(await fake.wire.push(envelope('card.action.trigger', { nothing: true }))).toMatchObject({
      code: 200,
    })
    expect(counter.taken).toEqual([])
  })

  test('of an unknown type are left alone and disturb nothing', async () => {
    void fake.wire.push(presses('ou_lin', await posted(), '认领'), { type: 'card' })
    await fake.wire.push(says('ou_lin', 'mine'))
    expect(counter.taken).toMatchObject([{ did: { kind: 'say' } }])
  })

  test('that are none do not end the connection', async () => {
    for (const bytes of [Buffer.alloc(0), Buffer.from('hello'), Buffer.alloc(70_000, 0xff)])
      fake.wire.junk(bytes)
    await fake.wire.push(says('ou_lin', 'mine'))
    expect(counter.taken).toHaveLength(1)
  })

  test('of another app are refused', async () => {
    await fake.wire.push(envelope('im.message.receive_v1', {}, { app_id: 'cli_0000000000000000' }))
    expect(counter.taken).toEqual([])
  })
})
