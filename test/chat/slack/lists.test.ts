import { expect, test } from 'vitest'
import type { Card } from '../../../src/chat/card.ts'
import { encodeCard, encodePlain } from '../../../src/chat/slack/encode.ts'
import { readPressed } from '../../../src/chat/slack/encode-buttons.ts'
import { encodeForm } from '../../../src/chat/slack/encode-form.ts'
import { encodeHome } from '../../../src/chat/slack/encode-home.ts'
import { LOCALES } from '../../../src/text.ts'
import { alertCard } from '../../../templates/alert.ts'
import { resolveForm, snoozeForm } from '../../../templates/form.ts'
import { messageFaults, viewFaults } from '../../fakes/slack/limits.ts'
import { view } from '../../templates/cases.ts'
import { STAGES } from '../../templates/stages.ts'
import { draw, drawModal } from './draw.ts'

const ranking: Card = {
  accent: 'neutral',
  title: '风险排行',
  subtitle: '共 41 位，第 1/3 页',
  blocks: [
    {
      kind: 'table',
      columns: ['#', '等级', '客户', '终身价值', '原因', '负责人', '单号'],
      rows: Array.from({ length: 20 }, (_, at) => ({
        cells: [
          `${at + 1} 新`,
          'P0',
          `C-${318 + at} 何雨婷`,
          '¥86,451',
          '明确要走：“退款”',
          '3 小时无人认领',
          `A-${1042 + at}`,
        ],
        tier: (['P0', 'P1', 'P2'] as const)[at % 3]!,
        command: `show C-${318 + at}`,
      })),
    },
    { kind: 'note', text: '数据更新于 12 分钟前。' },
  ],
  buttons: [{ command: 'top', label: '下一页', style: 'plain', args: '20 page 2' }],
  fallback: '风险排行：共 41 位。',
}

test('a ranking is a line a row, and every row can be opened', () => {
  const message = encodeCard(ranking, 'zh')
  expect(messageFaults(message)).toEqual([])
  expect(draw(message)).toMatchSnapshot()
  const list = message.blocks.find((block) => block.type === 'actions')!.elements[0]!
  if (list.type !== 'static_select') throw new Error('no list')
  expect(list.options).toHaveLength(20)
  expect(readPressed({ action_id: list.action_id, selected: list.options[3]!.value })).toEqual({
    command: 'show',
    args: 'C-321',
    version: null,
  })
})

test('a charts line: heights, beats, and nothing for nothing', () => {
  const chart = (draw: 'line' | 'bars' | 'marks' | 'ranks', values: (number | null)[]) =>
    ({
      kind: 'chart',
      title: 'Mood',
      says: 'falling since May',
      draw,
      points: values.map((value, at) => ({ at, value, label: '' })),
      ends: { from: 'Jan', to: 'Today' },
    }) as const
  const blocks = [
    chart('line', [1, 0.5, null, 0]),
    chart('bars', [0, 5, 10]),
    chart('marks', [1, 0, null]),
    chart('line', [null, null]),
    chart('line', [3, 3]),
    chart('ranks', [3, 1]),
  ]
  expect(draw(encodeCard({ ...ranking, title: 'Charts', blocks, buttons: [] }, 'en'))).toMatchSnapshot()
})

test('forms become modals that carry where they were asked', () => {
  const event = {
    id: 'press',
    by: { chat: 'slack', workspace: 'T', user: 'U' },
    channel: 'C0ALERTS',
    isDirect: false,
    message: '1780000001.000100',
    did: { kind: 'press', command: 'resolve', args: 'A-1042', form: null, version: 7 },
    way: { responseUrl: 'https://hooks.slack.com/actions/T/1/x' },
  } as const
  for (const locale of LOCALES) {
    for (const form of [resolveForm(locale, 'CNY'), snoozeForm(locale)]) {
      const both = { zh: form, en: form }
      const modal = encodeForm({ form: both, locale, command: 'resolve', args: 'A-1042' }, event)!
      expect(viewFaults(modal)).toEqual([])
      expect(drawModal(modal)).toMatchSnapshot()
    }
  }
})

test('the Home tab holds whole cards, each button by a name of its own', () => {
  const cards = Object.values(STAGES).map((data) => alertCard(data, view('zh')))
  const home = encodeHome(cards, 'zh')
  expect(viewFaults(home)).toEqual([])
  expect(home.blocks.filter(({ type }) => type === 'header').length).toBeGreaterThan(7)
  expect(encodeHome([], 'en').blocks).toHaveLength(1)
})

test('a colleague is mentioned by the id of their account, whoever has none by name', () => {
  const mentions = [
    { name: 'Lin', accounts: { slack: 'U0LIN', lark: 'ou_lin' } },
    { name: '<!channel>', accounts: { slack: '!channel' } },
  ]
  const line: Card = { accent: 'P1', title: 'Late', blocks: [], buttons: [], fallback: 'Late', mentions }
  const called = {
    type: 'rich_text_section',
    elements: [
      { type: 'user', user_id: 'U0LIN' },
      { type: 'text', text: '  ' },
      { type: 'text', text: '@<!channel>', style: { bold: true } },
    ],
  }
  for (const message of [encodeCard(line, 'en'), encodePlain(line)]) {
    expect(message.blocks[1]).toEqual({ type: 'rich_text', elements: [called] })
    expect(messageFaults(message)).toEqual([])
  }
})

test('a time that stands in a field is shown to each reader in their own zone', () => {
  const instant = { at: Date.parse('2026-06-03T08:00:00Z'), words: '3 Jun 16:00 GMT+8' }
  const field = { label: 'Claim by', value: '3 Jun 16:00 GMT+8, overdue', instant }
  const blocks: Card['blocks'] = [{ kind: 'fields', fields: [field] }]
  const message = encodeCard({ accent: 'P0', title: 'T', blocks, buttons: [], fallback: 'T' }, 'en')
  expect(messageFaults(message)).toEqual([])
  expect(JSON.stringify(message)).toContain(
    '{"type":"date","timestamp":1780473600,"format":"{date_short_pretty} {time}","fallback":"3 Jun 16:00 GMT+8"},{"type":"text","text":", overdue"}',
  )
})
