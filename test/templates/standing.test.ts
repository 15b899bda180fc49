import { expect, test } from 'vitest'
import type { Card } from '../../src/chat/card.ts'
import { DAY } from '../../src/clock.ts'
import type { FeedFinding } from '../../src/features/feed-health.ts'
import { LOCALES, type Locale, text } from '../../src/text.ts'
import { alertCard } from '../../templates/alert.ts'
import { feedNote, provenance, segmentFields, stageField } from '../../templates/standing.ts'
import { whyCard } from '../../templates/why.ts'
import { ago, assessment, customer, standing, view } from './cases.ts'
import { render } from './render.ts'
import { STAGES } from './stages.ts'

const login: FeedFinding = {
  kind: 'login',
  state: 'stale',
  days: 4,
  expected: 80,
  came: 0,
  newest: +ago(4 * DAY),
  reason: text(
    '“登录 App”已有 4 天没有新记录，平时每天约 20 条。',
    'No "app login" records for 4 days; usually about 20 a day.',
  ),
}
const silence = {
  signal: 'silence' as const,
  fired: false,
  strong: false,
  strength: 0,
  at: 0,
  basis: ['login'],
  evidence: [],
  held: { reason: 'feed-unhealthy' as const, kinds: ['login'] },
}
const judged = { ...assessment, readings: [...assessment.readings.filter(({ fired }) => fired), silence] }

test('why tells stage, groups, sources and what is held back', () => {
  const data = { customer, assessment: judged, caseNo: 1042, money: { currency: 'CNY' }, maskNames: false }
  const card = (locale: Locale) => render(whyCard({ ...data, standing, feeds: [login] }, view(locale)))
  expect(LOCALES.map(card).join('\n\n=====\n\n')).toMatchSnapshot()
})

test('broken feeds are told with what waits for them; healthy ones are not mentioned', () => {
  expect(feedNote([login], judged, view('zh'))).toBe(
    '“登录 App”已有 4 天没有新记录，平时每天约 20 条。突然沉默暂不判断。',
  )
  expect(feedNote([login, login, login, login, login], null, view('en'))).toMatch(
    /^(No "app login" records [^.]+\. ){3}2 more feeds are in trouble\.$/,
  )
  expect(feedNote([], assessment, view('zh'))).toBeNull()
})

test('the card of a case and the ranking tell what does not come in, which the age of the data would hide', () => {
  const alert = { ...STAGES['open']!.alert, assessment: judged }
  const notes = ({ blocks }: Card) => blocks.flatMap((block) => (block.kind === 'note' ? [block.text] : []))
  expect(notes(alertCard({ ...STAGES['open']!, alert }, view('en'))).join()).toContain(
    'is held back: the data on',
  )
})

test('a last step says within how many days, an earlier one after how many', () => {
  const at = (from: number, to: number, locale: Locale) =>
    stageField({ ...standing, stage: { ...standing.stage!, before: { from, to } } }, view(locale))[0]?.value
  expect(at(30, 0, 'zh')).toBe('App 使用骤减 · 通常 30 天内离开')
  expect(at(60, 30, 'zh')).toBe('App 使用骤减 · 通常 30～60 天后离开')
  expect(at(30, 0, 'en')).toBe('App going quiet · usually gone within 30 days')
  expect(at(60, 30, 'en')).toBe('App going quiet · usually gone in 30 to 60 days')
})

test('what is not known is left out', () => {
  const unknown = { stage: null, layer: null, rfm: null, lifecycle: null }
  expect([...stageField(unknown, view('zh')), ...segmentFields(unknown, view('zh'))]).toEqual([])
  const [groups] = segmentFields({ ...unknown, lifecycle: standing.lifecycle }, view('en'))
  expect(groups?.value).toBe('Mature. Hold the renewal and ask for referrals.')
})

test('what made the judgement fits one line', () => {
  expect(provenance(assessment, view('zh'))).toBe('当前判断作于今天 06:00（规则，行业配置 auto v1）。')
  expect(provenance(assessment, view('en'))).toBe('Judged today 06:00 by rules, profile auto v1.')
})
