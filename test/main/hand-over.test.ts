import { pino } from 'pino'
import { expect, test } from 'vitest'
import type { Card } from '../../src/chat/card.ts'
import { ChatFault } from '../../src/chat/fault.ts'
import type { Front, Inbound } from '../../src/chat/inbound.ts'
import { handedOver } from '../../src/main/hand-over.ts'

const log = pino({ enabled: false })
const plain = (title: string, more: Partial<Card> = {}): Card => ({
  ...{ accent: 'neutral', title, blocks: [], buttons: [], fallback: title },
  ...more,
})
const both = (title: string, more: Partial<Card> = {}) => ({ zh: plain(title, more), en: plain(title, more) })
const to: Inbound = {
  ...{ id: 'E1', by: { chat: 'slack', workspace: 'T1', user: 'U1' }, channel: 'C1', isDirect: false },
  ...{ message: null, did: { kind: 'say', line: 'table search' }, way: {} },
}
const file = { name: 'search.csv', words: 'No\nV-1\n', given: both('given'), withheld: both('withheld') }

const frontWith = (give?: Front['give']): Front => ({
  ...{ chat: 'slack', answer: async () => {} },
  about: async () => ({ email: null, name: null, isGuest: false, isGone: false }),
  ...(give === undefined ? {} : { give }),
})

test('the card says whether the file could be handed over', async () => {
  const given: string[] = []
  const takes = frontWith(async (_to, { name, words }, key) => void given.push(`${key} ${name} ${words}`))
  const refuses = frontWith(() => Promise.reject(new ChatFault('refused', 'missing_scope')))
  const reply = { card: both('ready'), file }
  expect((await handedOver(takes, to, reply, 'E1', log)).en.title).toBe('given')
  expect(given).toEqual(['E1:file search.csv No\nV-1\n'])
  expect((await handedOver(refuses, to, reply, 'E1', log)).en.title).toBe('withheld')
  expect((await handedOver(frontWith(), to, reply, 'E1', log)).zh.title).toBe('withheld')
  const broken = frontWith(() => Promise.reject(new TypeError('a bug')))
  await expect(handedOver(broken, to, reply, 'E1', log)).rejects.toThrow('a bug')
})

test('a list that can be had as a table has a button for it where files can be handed over', async () => {
  const list = { card: both('list', { table: 'search 退款' }) }
  const { zh, en } = await handedOver(
    frontWith(async () => {}),
    to,
    list,
    'E1',
    log,
  )
  expect(zh.buttons).toEqual([{ command: 'table', label: '下载表格', style: 'plain', args: 'search 退款' }])
  expect(en.buttons).toMatchObject([{ label: 'Spreadsheet' }])
  expect((await handedOver(frontWith(), to, list, 'E1', log)).en.buttons).toEqual([])
  const bare = { card: both('bare') }
  expect(
    await handedOver(
      frontWith(async () => {}),
      to,
      bare,
      'E1',
      log,
    ),
  ).toEqual(bare.card)
})
