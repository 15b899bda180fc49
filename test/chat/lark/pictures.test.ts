import { afterEach, expect, test } from 'vitest'
import type { Card, CardTexts } from '../../../src/chat/card.ts'
import { chartOf } from '../../drawing/charts.ts'
import { openLarkFake } from '../../fakes/lark.ts'
import { no } from '../../fakes/lark-world.ts'
import { larkOver, openTestCounter } from './open.ts'

const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

async function open() {
  const fake = await openLarkFake()
  const lark = larkOver(fake, openTestCounter(), { draw: async () => Buffer.from('a picture') })
  closers.push(
    () => lark.stop(),
    () => fake.close(),
  )
  return { fake, chat: lark.chat, shown: () => JSON.parse(fake.shown('oc_alerts')[0]!.content) as object }
}

const one: Card = {
  accent: 'P0',
  title: '赵先生',
  blocks: [{ kind: 'text', text: '为什么是现在' }],
  picture: [chartOf([1, 2])],
  buttons: [],
  fallback: '赵先生',
}
const card: CardTexts = { zh: one, en: one }
const to = { chat: 'lark', channel: 'oc_alerts' }

test('the card carries its picture when it is drawn again, and goes without where Lark has lost it', async () => {
  const { fake, chat, shown } = await open()
  const awaited = chat.awaits!(to, card)
  const ref = await chat.post(to, card, 'key')
  expect(await awaited).toBe(true)
  expect(fake.world.images[0]!.toString()).toContain('a picture')
  await chat.update(ref, card)
  expect(shown()).toMatchObject({
    body: { elements: [{ tag: 'div' }, { tag: 'img', img_key: 'img_1', alt: { tag: 'plain_text' } }] },
  })
  expect(chat.awaits!(to, card)).toBeNull()
  fake.trouble({ on: /^PATCH/, tell: no(230099, 'Failed to create card content') })
  await chat.update(ref, card)
  expect(JSON.stringify(shown())).not.toContain('img_1')
})

test('without the permission cards go without pictures', async () => {
  const { fake, chat, shown } = await open()
  fake.trouble({ on: /images/, tell: no(99991672, 'Access denied: [im:resource]') })
  expect(await chat.awaits!(to, card)).toBe(false)
  await chat.post(to, card, 'key')
  expect(JSON.stringify(shown())).toContain('为什么是现在')
  expect(chat.awaits!(to, card)).toBeNull()
})
