import { expect, test } from 'vitest'
import { type AuditCardData, auditCard } from '../../templates/audit.ts'
import { LIN, NOW, view } from './cases.ts'
import { render } from './render.ts'

const line = { at: NOW, by: LIN, no: 1042, via: 'console/alerts' } as const
const data: AuditCardData = {
  verdict: { entries: 240, head: 'ab'.repeat(32), fault: null },
  about: null,
  lines: [
    { ...line, verb: 'undo', from: 'claimed', to: 'open', note: '' },
    { ...line, verb: 'claim', from: 'open', to: 'claimed', note: '客户电话 13912345678' },
    { ...line, verb: 'open', from: null, to: 'open', note: 'new-risk' },
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
