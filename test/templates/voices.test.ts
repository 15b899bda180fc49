import { expect, test } from 'vitest'
import { encodeCard } from '../../src/chat/console/encode.ts'
import { blockElements } from '../../src/chat/lark/blocks.ts'
import { encodeBlock } from '../../src/chat/slack/encode-block.ts'
import { same, text } from '../../src/text.ts'
import { ideasCard } from '../../templates/ideas.ts'
import { quoted } from '../../templates/marked.ts'
import { voiceCard } from '../../templates/voice.ts'
import { type VoiceLine, type VoicesCardData, voicesCard } from '../../templates/voices.ts'
import { customer as CUSTOMER, NOW, view } from './cases.ts'
import { render } from './render.ts'

const line: VoiceLine = {
  no: 12,
  at: NOW,
  channel: 'chat',
  said: `我是${CUSTOMER.name}，要退款，电话 13912345678`,
  marked: ['退款'],
  customer: CUSTOMER,
  site: '虹桥店',
  product: null,
  topics: [text('退款与赔付', 'Refunds')],
  label: 'negative',
  corrected: true,
}
const data: VoicesCardData = {
  ...{
    asked: '退款 since:30d',
    lines: [line, { ...line, no: 11, customer: null, topics: [], corrected: false }],
  },
  ...{ total: 20, more: false, back: null, likely: null, unread: false, page: 1, pages: 3, maskNames: false },
}

test.each(['zh', 'en'] as const)('what was found, one voice, and wishes, in %s', (locale) => {
  const one = { stage: text('使用', 'Use'), line, labelled: false, mayLabel: true, maskNames: false }
  const idea = {
    example: { no: 12, wish: '要是能在线预约就好了', at: NOW, customer: 'a', ltvMinor: 1_200_000 },
    ...{ voices: 5, customers: 3, ltvMinor: 3_600_000, weight: 3_600_000, name: CUSTOMER.name },
  }
  const wishes = {
    ...{ topic: same('预约'), asked: '预约', rows: [idea, { ...idea, customers: 5, ltvMinor: null }] },
    ...{ total: 9, page: 1, pages: 2, currency: 'CNY', maskNames: true },
  }
  const cards = [
    voicesCard(data, view(locale)),
    voicesCard({ ...data, lines: [], total: 0, pages: 1 }, view(locale)),
    voicesCard({ ...data, lines: [], total: 0, pages: 1, unread: true }, view(locale)),
    voicesCard(
      {
        ...data,
        lines: [],
        total: 0,
        pages: 1,
        asked: '退宽 since:30d',
        likely: { said: '退宽', meant: '退款' },
      },
      view(locale),
    ),
    voicesCard({ ...data, total: 2_000, more: true }, view(locale)),
    voiceCard(one, view(locale)),
    voiceCard({ ...one, labelled: true, mayLabel: false }, view(locale)),
    ideasCard(wishes, view(locale)),
    ideasCard({ ...wishes, topic: null, asked: '', rows: [], total: 0, pages: 1 }, view(locale)),
  ]
  expect(cards.map(render).join('\n---\n')).toMatchSnapshot()
})

test('in shared channels names and numbers are masked, and what was found is marked still', () => {
  const card = voicesCard({ ...data, lines: [line], maskNames: true }, view('zh'))
  expect(
    JSON.stringify([
      card,
      voiceCard({ line, stage: null, labelled: false, mayLabel: false, maskNames: true }, view('zh')),
    ]),
  ).not.toMatch(new RegExp(`13912345678|${CUSTOMER.name}`))
  expect(card.blocks[0]).toMatchObject({ pieces: expect.arrayContaining([{ words: '退款', marked: true }]) })
})

test('each chat lets the words stand out in its own way, and a quote that is cut loses its marks', () => {
  const quote = quoted('要退款，退款！', 'V-1', ['退款', ''])
  expect(quote).toMatchObject({ text: '要退款，退款！' })
  expect(JSON.stringify(encodeBlock(quote, { words: 100, items: 9 }))).toContain(
    '{"type":"text","text":"退款","style":{"bold":true}}',
  )
  expect(JSON.stringify(encodeBlock(quote, { words: 4, items: 9 }))).not.toContain('bold')
  const room = { text: 100, items: 9, rich: true } as Parameters<typeof blockElements>[1]
  const place = { charts: 1 } as Parameters<typeof blockElements>[3]
  expect(JSON.stringify(blockElements(quote, room, 'zh', place))).toContain('“要【退款】，【退款】！”')
  const card = { accent: 'neutral', title: 't', blocks: [quote], buttons: [], fallback: 'f' } as const
  expect(encodeCard({ zh: card, en: card }).zh.blocks).toEqual([quote])
  expect(quoted('没有', 'V-1', ['退款'])).not.toHaveProperty('pieces')
})

test('a table is of the very words that were asked, or there is none', () => {
  const back = new Date('2026-03-01T04:00:00Z')
  expect(JSON.stringify(voicesCard({ ...data, back }, view('en')).blocks)).toContain(
    'since 1 Mar was looked at',
  )
  expect(voicesCard(data, view('en')).table).toBe('search 退款 since:30d')
  expect(voicesCard({ ...data, asked: 'refund '.repeat(60) }, view('en')).table).toBeUndefined()
})
