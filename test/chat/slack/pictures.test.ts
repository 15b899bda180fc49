import { afterEach, expect, test } from 'vitest'
import type { Card, CardTexts } from '../../../src/chat/card.ts'
import type { Inbound } from '../../../src/chat/inbound.ts'
import { encodeCard } from '../../../src/chat/slack/encode.ts'
import { chartOf } from '../../drawing/charts.ts'
import { messageFaults } from '../../fakes/slack/limits.ts'
import { openUnderTest, type SlackUnderTest } from './open.ts'

let under: SlackUnderTest | null = null
afterEach(async () => {
  await under?.close()
  under = null
})

const card = (rest: Partial<Card> = {}): Card => ({
  accent: 'P0',
  title: 'Zhao',
  blocks: [{ kind: 'text', text: 'why now' }],
  picture: [chartOf([1, 2])],
  buttons: [{ command: 'claim', args: 'A-1', label: 'Claim', style: 'primary' }],
  fallback: 'Zhao',
  ...rest,
})
const both = (one: Card): CardTexts => ({ zh: one, en: one })
const draw = async () => Buffer.from('a picture')
const to = { chat: 'slack', channel: 'C0ALERTS' }
const typesOf = (blocks: readonly unknown[]) => blocks.map((block) => (block as { type: string }).type)

test('a card goes out at once and carries its picture when it is drawn again', async () => {
  under = await openUnderTest('http', () => 'en', { draw })
  const { chat } = under.slack
  const shown = () => under!.fake.space.channels.get('C0ALERTS')!.messages[0]!.blocks
  const awaited = chat.awaits!(to, both(card()))
  const ref = await chat.post(to, both(card()), 'key')
  expect(await awaited).toBe(true)
  await chat.update(ref, both(card()))
  expect(typesOf(shown())).toEqual(['header', 'rich_text', 'image', 'actions'])
  expect(shown()[2]).toMatchObject({
    slack_file: { id: 'F09' },
    alt_text: expect.stringContaining('风险走势'),
  })
  // Shared in no channel: only the card shows it.
  expect(under.fake.space.files).toEqual([{ id: 'F09', channel: null, title: 'Foreshock', bytes: 9 }])
  expect(chat.awaits!(to, both(card()))).toBeNull()

  // Slack has lost it, or is not done with it: the card matters more.
  under.fake.plan('chat.update', { kind: 'error', error: 'invalid_blocks' })
  await chat.update(ref, both(card({ title: 'Zhao, later' })))
  expect(typesOf(shown())).toEqual(['header', 'rich_text', 'actions'])
})

test('without the scope cards go without pictures', async () => {
  under = await openUnderTest('http', () => 'en', { draw })
  const error = { kind: 'error', error: 'missing_scope', needed: 'files:write' } as const
  under.fake.plan('files.getUploadURLExternal', error)
  expect(await under.slack.chat.awaits!(to, both(card()))).toBe(false)
  await under.slack.chat.post(to, both(card()), 'key')
  expect(under.slack.chat.awaits!(to, both(card()))).toBeNull()
})

test('an answer with charts shows them as one picture; whom Slack refuses it gets the lines of signs', async () => {
  under = await openUnderTest('http', () => 'en', { draw })
  const { fake, slack } = under
  const answer = card({ blocks: [chartOf([1, 2]), chartOf([3, 4])] })
  delete (answer as { picture?: unknown }).picture
  const asked: Inbound = {
    id: 'e',
    by: { chat: 'slack', workspace: 'T', user: 'U0LIN' },
    channel: 'C0ALERTS',
    isDirect: false,
    message: null,
    did: { kind: 'say', line: 'show C-1' },
    way: {},
  }
  const how = (key: string) => ({ private: true, locale: 'en', key }) as const
  await slack.front.answer(asked, both(answer), how('1'))
  expect(typesOf(fake.space.ephemerals[0]!.blocks)).toEqual(['header', 'image', 'actions'])
  fake.plan('chat.postEphemeral', { kind: 'error', error: 'invalid_blocks' })
  await slack.front.answer(asked, both(answer), how('2'))
  expect(typesOf(fake.space.ephemerals[1]!.blocks)).toEqual(['header', 'rich_text', 'rich_text', 'actions'])
})

test('within Slack’s limits beside any card', () => {
  const blocks = Array.from({ length: 80 }, () => ({ kind: 'text', text: '长'.repeat(3_000) }) as const)
  const charts = Array.from({ length: 30 }, () => chartOf([1], { title: '<!channel>'.repeat(40) }))
  const message = encodeCard(card({ blocks, picture: charts }), 'zh', 'F0123')
  expect(messageFaults(message)).toEqual([])
  expect(typesOf(message.blocks)).toContain('image')
  expect(typesOf(message.blocks).at(-1)).toBe('actions')
})
