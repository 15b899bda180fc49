import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Lark } from '../../../src/chat/lark/lark.ts'
import { type LarkFake, openLarkFake } from '../../fakes/lark.ts'
import { picksFromMenu, presses, says } from '../../fakes/lark-people.ts'
import { no, TENANT } from '../../fakes/lark-world.ts'
import { caseCard } from './cards.ts'
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

const openly = { private: false, locale: 'en', key: 'answer-1' } as const
const aside = { ...openly, private: true } as const

async function heard(event: object) {
  await fake.wire.push(event)
  return counter.taken.at(-1)!
}

test('an open answer stands in the thread of what was pressed, once a key, in the asker’s language', async () => {
  const ref = await lark.chat.post({ chat: 'lark', channel: 'oc_alerts' }, caseCard, 'card-1')
  const press = await heard(presses('ou_lin', fake.shown('oc_alerts')[0]!, '认领'))
  await lark.front.answer(press, caseCard, openly)
  await lark.front.answer(press, caseCard, openly)
  expect(fake.thread(ref.message)).toHaveLength(1)
  expect(fake.thread(ref.message)[0]!.content).toContain('Close case')
})

test('a private one is shown in the group to the asker alone', async () => {
  await lark.front.answer(await heard(says('ou_lin', 'mine', { chat: 'oc_alerts' })), caseCard, aside)
  expect(fake.aside('ou_lin')).toMatchObject([{ chat: 'oc_alerts', onlyFor: 'ou_lin' }])
})

test('a private one that comes late, to who may be offline, goes to their own chat, once a key', async () => {
  const event = await heard(says('ou_lin', 'mine', { chat: 'oc_alerts', at: Date.now() - 120_000 }))
  await lark.front.answer(event, caseCard, aside)
  await lark.front.answer(event, caseCard, aside)
  expect(fake.aside('ou_lin')).toMatchObject([{ chat: 'ou_lin', onlyFor: null }])
})

test('a private one to who writes in a thread goes to their own chat: they would not see it in the group', async () => {
  const event = await heard(says('ou_lin', 'mine', { chat: 'oc_alerts', root: 'om_head' }))
  await lark.front.answer(event, caseCard, aside)
  expect(fake.aside('ou_lin')).toMatchObject([{ chat: 'ou_lin' }])
})

test('in the chat with the bot every answer is there', async () => {
  await lark.front.answer(await heard(picksFromMenu('ou_gu', 'mine')), caseCard, openly)
  expect(fake.aside('ou_gu')).toMatchObject([{ chat: 'ou_gu' }])
})

test('a card Lark refuses is answered with its one sentence and the same buttons', async () => {
  const event = await heard(says('ou_lin', 'mine'))
  const card = { ...caseCard.zh, blocks: [{ kind: 'text', text: 'wrong' } as const] }
  const refused = no(230099, 'Failed to create card content, ext=ErrCode: 200621')
  fake.trouble({ on: /^POST .*messages$/, tell: refused })
  await lark.front.answer(event, { zh: card, en: card }, aside)
  expect(fake.aside('ou_lin')[0]!.content).toContain('认领')
  expect(fake.aside('ou_lin')[0]!.content).not.toContain('wrong')
  fake.trouble({ on: /^POST .*messages$/, tell: refused, times: 2 })
  await expect(lark.front.answer(event, caseCard, { ...aside, key: 'b' })).rejects.toMatchObject({
    code: 'card-refused',
  })
})

test('what Lark tells of people: known, gone, and out of sight', async () => {
  const of = (user: string) => lark.front.about({ chat: 'lark', workspace: TENANT, user })
  fake.world.users.set('ou_left', { name: '沈立群', email: '', resigned: true, tenant: TENANT })
  expect(await of('ou_lin')).toEqual({
    email: 'lin@example.com',
    name: '林晓雯',
    isGuest: false,
    isGone: false,
  })
  expect(await of('ou_left')).toMatchObject({ email: null, isGone: true })
  expect(await of('ou_partner')).toEqual({ email: null, name: null, isGuest: true, isGone: false })
  fake.trouble({ on: /contact/, tell: { status: 503, body: {} } })
  await expect(of('ou_lin')).rejects.toMatchObject({ code: 'unavailable' })
})

test('a file goes to the asker’s own chat, once a key; without the permission it is refused', async () => {
  const event = await heard(says('ou_lin', 'table search', { chat: 'oc_alerts' }))
  const file = { name: 'search.csv', words: 'No\nV-1\n' }
  await expect(lark.front.give!(event, file, 'answer-1:file')).rejects.toThrow(/99991672/)
  fake.world.scopes.add('im:resource')
  await lark.front.give!(event, file, 'answer-1:file')
  await lark.front.give!(event, file, 'answer-1:file')
  expect(fake.world.files.at(-1)!.toString()).toContain('No\nV-1\n')
  expect(fake.shown('ou_lin').map(({ type, content }) => [type, content])).toEqual([
    ['file', expect.stringContaining('file_')],
  ])
})
