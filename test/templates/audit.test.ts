import { expect, test } from 'vitest'
import { text } from '../../src/text.ts'
import { type AuditCardData, auditCard } from '../../templates/audit.ts'
import { LIN, NOW, view } from './cases.ts'
import { render } from './render.ts'

const line = { kind: 'case', at: NOW, by: LIN, no: 1042, ofItself: false } as const
const data: AuditCardData = {
  verdict: { entries: 240, head: 'ab'.repeat(32), fault: null },
  about: null,
  name: null,
  lines: [
    { ...line, verb: 'undo', from: 'claimed', to: 'open', note: '' },
    { ...line, verb: 'claim', from: 'open', to: 'claimed', note: '客户电话 13912345678' },
    { ...line, verb: 'open', from: null, to: 'open', note: 'new-risk', ofItself: true },
    { ...line, verb: 'relapse', from: 'watch', to: 'relapsed', note: 'left', ofItself: true },
    { ...line, verb: 'dismiss', from: 'open', to: 'dismissed', note: 'left' },
    {
      kind: 'change',
      at: NOW,
      by: LIN,
      name: 'sla.p0.claim',
      move: text('2 小时 → 4 小时', '2 hours → 4 hours'),
    },
  ],
  total: 20,
  page: 1,
  pages: 2,
}
const WHYS = ['missing', 'altered', 'row-altered', 'row-gone'] as const

test.each(['zh', 'en'] as const)('the record, in %s', (locale) => {
  const cards = [
    data,
    {
      ...data,
      about: 'lin',
      name: LIN,
      lines: [{ ...line, verb: 'step' as const, from: 'watch' as const, to: 'watch' as const, note: '' }],
    },
    {
      ...data,
      about: 'A-1042',
      lines: [],
      total: 0,
      pages: 1,
      verdict: { entries: 0, head: null, fault: null },
    },
    ...WHYS.map((why) => ({
      ...data,
      lines: [],
      verdict: { ...data.verdict, fault: { seq: 7, at: NOW, why } },
    })),
  ]
  expect(cards.map((each) => render(auditCard(each, view(locale)))).join('\n---\n')).toMatchSnapshot()
})
