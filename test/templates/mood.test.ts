import { describe, expect, test } from 'vitest'
import type { Reading } from '../../src/signals/signal.ts'
import { LOCALES, text } from '../../src/text.ts'
import { alertCard } from '../../templates/alert.ts'
import { briefReason } from '../../templates/brief.ts'
import { evidenceLine, quotesOf } from '../../templates/evidence.ts'
import { whyCard } from '../../templates/why.ts'
import { alertIn, assessment, cardData, customer, view } from './cases.ts'
import { render } from './render.ts'

const money = { currency: 'CNY' }
const at = Date.parse('2026-05-30T14:20:00+08:00')

const emotion: Reading = {
  signal: 'emotion',
  fired: true,
  strong: true,
  strength: 0.97,
  at,
  basis: ['voice:f-12'],
  evidence: [
    {
      kind: 'emotion',
      voice: 'f-12',
      at,
      channel: 'survey',
      sentence: '以前逢人就夸你们，这次真的很失望，电话 138-0013-8000。',
      before: 8.6,
      after: 1.9,
      voicesBefore: 6,
      positiveBefore: 6,
      voicesAfter: 1,
      since: null,
      nps: 10,
      fan: true,
    },
  ],
}

const silence: Reading = {
  signal: 'silence',
  fired: true,
  strong: true,
  strength: 0.98,
  at,
  basis: ['voice', 'ticket_opened', 'login'],
  evidence: [
    {
      kind: 'rhythm',
      event: 'voice',
      label: text('反馈与工单', 'feedback and tickets'),
      usualDays: 8,
      quietDays: 100,
      chance: 0.000_4,
    },
  ],
}

const telling = (locale: 'zh' | 'en') => ({ view: view(locale), money, maskNames: true, name: customer.name })
const judged = (readings: Reading[]) => ({
  ...assessment,
  readings,
  factors: [],
  reason: 'fan-let-down' as const,
})

describe('a broken mood and a silence, told', () => {
  test('one line each', () => {
    const lines = [emotion, silence].flatMap(({ evidence }) =>
      LOCALES.map((locale) => evidenceLine(evidence[0]!, telling(locale))),
    )
    expect(lines).toEqual([
      '老客户失望了：8.6 → 1.9 分（NPS 10，此前半年 6 条反馈中 6 条正面；问卷 · 5月30日 14:20）'.replace(
        '问卷 · ',
        '问卷 ',
      ),
      expect.stringMatching(
        /^A fan let down: 8\.6 → 1\.9 out of 10 \(NPS 10; 6 of 6 voices in the half year before were positive; survey /,
      ),
      '反馈与工单：通常 8 天一次，这次已隔 100 天，错过 12 次，照以往的习惯，这种情况的可能性不到 0.1%',
      'Feedback and tickets: usually every 8 days, now quiet for 100: 12 beats missed; by their own habit the chance of that is under 0.1%',
    ])
  })

  test('since when, where that is longer than this week', () => {
    const [piece] = emotion.evidence
    const lines = LOCALES.map((locale) =>
      piece?.kind === 'emotion'
        ? evidenceLine({ ...piece, fan: false, since: at - 30 * 86_400_000 }, telling(locale))
        : '',
    )
    expect(lines).toEqual([
      expect.stringContaining('（自 4月30日起转差，NPS 10，此前半年 6 条反馈中 6 条正面；'),
      expect.stringContaining(
        '(falling since 30 Apr; NPS 10; 6 of 6 voices in the half year before were positive; ',
      ),
    ])
  })

  test('in a list', () => {
    expect(briefReason(judged([emotion]), telling('zh'))).toBe('老客户失望了：8.6 → 1.9 分')
    expect(briefReason(judged([silence]), telling('en'))).toBe('Feedback and tickets: quiet 100 days')
    const sentence = text('…', 'Rated 2 out of 10 this time, after an average of 8.9.')
    const rule: Reading = { ...silence, signal: 'rules', evidence: [{ kind: 'rule', rule: 'r', sentence }] }
    expect(briefReason(judged([rule]), telling('en'))).toBe(sentence.en.slice(0, -1))
  })

  test('the card quotes the words, masked, and shows both moods', () => {
    const card = alertCard(
      cardData(alertIn('open', { assessment: judged([emotion]) }), { maskNames: true }),
      view('zh'),
    )
    const told = render(card)
    expect(told).toContain('> 以前逢人就夸你们，这次真的很失望，电话 138****。')
    expect(told).toContain('老客户失望了  8.6 → 1.9 分')
  })

  test('a threat is quoted before a disappointment, a rating without words not at all', () => {
    const [words] = assessment.readings
    const wordless = { ...emotion.evidence[0]!, sentence: '' } as Reading['evidence'][number]
    const quotes = quotesOf([...emotion.evidence, wordless, ...words!.evidence])
    expect(quotes.map(({ kind }) => kind)).toEqual(['quote', 'emotion'])
  })
})

test.each(LOCALES)('why says what was held back and what was judged to be no risk (%s)', (locale) => {
  const calm = { fired: false, strong: false, strength: 0, evidence: [] }
  const readings: Reading[] = [
    { ...silence, ...calm, held: { reason: 'feed-unhealthy', kinds: ['login', 'voice'] } },
    { ...emotion, ...calm, muted: emotion.evidence },
  ]
  const data = {
    customer,
    assessment: { ...judged(readings), tier: 'routine' as const, reason: 'held-back' as const },
    caseNo: null,
    money,
    maskNames: true,
  }
  const told = render(whyCard(data, view(locale)))
  const expected = {
    zh: [
      '突然沉默暂不判断：登录和反馈与情绪的数据没有正常更新。',
      '有人判断过没有风险，没有计入：情绪突变。',
    ],
    en: [
      'Silence is held back: the data on logins and feedback and mood has stopped coming in as usual.',
      'Judged to be no risk, not counted: Mood shift.',
    ],
  }
  for (const words of expected[locale]) expect(told).toContain(words)
  expect(told).not.toContain(locale === 'zh' ? '看过但没有异常' : 'Checked, nothing unusual')
})
