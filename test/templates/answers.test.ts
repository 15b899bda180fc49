import { expect, test } from 'vitest'
import type { Refusal } from '../../src/alerts/transition.ts'
import { DAY } from '../../src/clock.ts'
import { ForeshockError } from '../../src/errors.ts'
import { LOCALES, type Locale, same, text } from '../../src/text.ts'
import { configCard, type SettingShown } from '../../templates/config.ts'
import { dismissForm, resolveForm, retainedForm, SNOOZES, snoozeForm } from '../../templates/form.ts'
import {
  askNote,
  brokenNote,
  claimedNote,
  contactedNote,
  dismissedNote,
  errorNote,
  notScoredNote,
  refusedNote,
  resolvedNote,
  retainedNote,
  snoozedNote,
} from '../../templates/note.ts'
import { type ThreadEvent, threadCard } from '../../templates/thread.ts'
import { ago, assessment, GU, LIN, NOW, SHEN, view } from './cases.ts'
import { render, renderForm } from './render.ts'
import { OUTCOME } from './stages.ts'

const both = (draw: (locale: Locale) => string) => LOCALES.map((locale) => draw(locale)).join('\n\n=====\n\n')
const later = new Date(+NOW + 30 * DAY)

test('answers to a press or a line', () => {
  const error = new ForeshockError(
    'NOT_FOUND',
    text('没有 A-9 这个单号。', 'There is no case A-9.'),
    text('输入 mine 看看你手上的单。', 'Type mine to see yours.'),
  )
  const cards = (locale: Locale) => [
    askNote({ no: 1042 }, view(locale)),
    claimedNote({ no: 1042 }, view(locale)),
    contactedNote({ no: 1042 }, view(locale)),
    resolvedNote({ no: 1042, result: 'lost', watchUntil: null }, view(locale)),
    resolvedNote({ no: 1042, result: 'other', watchUntil: null }, view(locale)),
    resolvedNote({ no: 1042, result: 'stays', watchUntil: later }, view(locale)),
    retainedNote({ no: 1042, watchUntil: later }, view(locale)),
    snoozedNote({ no: 1042, until: new Date('2026-06-02T09:00:00+08:00') }, view(locale)),
    dismissedNote({ no: 1042 }, view(locale)),
    errorNote(error.said, view(locale)),
    brokenNote({ reference: 'r-7f3a' }, view(locale)),
    notScoredNote({ no: 318 }, view(locale)),
  ]
  expect(both((locale) => cards(locale).map(render).join('\n---\n'))).toMatchSnapshot()
})

test('refusals', () => {
  const refusals: Refusal[] = ['already-claimed', 'closed', 'not-now', 'not-yours', 'role']
  const data = {
    no: 1042,
    verb: 'snooze' as const,
    state: 'watch' as const,
    ownerName: LIN,
    claimedAt: ago(60_000),
    role: 'csm' as const,
    relapseNo: null,
  }
  const cards = (locale: Locale) =>
    refusals.map((refusal) => {
      return refusedNote(
        { ...data, refusal, ...(refusal === 'closed' ? { state: 'resolved' as const } : {}) },
        view(locale),
      )
    })
  expect(both((locale) => cards(locale).map(render).join('\n---\n'))).toMatchSnapshot()
  const relapsed = { ...data, refusal: 'closed', state: 'relapsed', relapseNo: 1077 } as const
  expect(render(refusedNote(relapsed, view('en')))).toContain('Work goes on in A-1077.')
})

test('lines of a thread', () => {
  const note = '店长道歉并免费返修，客户电话 13800138000。'
  const relapse = { verb: 'relapse', to: 1077 } as const
  const events: ThreadEvent[] = [
    { verb: 'claim', by: LIN },
    { verb: 'contacted', by: LIN, note: '' },
    { verb: 'contacted', by: LIN, note: '说等周末再来店里看看。' },
    { verb: 'resolve', by: LIN, outcome: OUTCOME, currency: 'CNY' },
    { verb: 'retained', by: LIN, until: later, note, outcome: null, currency: 'CNY' },
    {
      verb: 'retained',
      by: LIN,
      until: later,
      note,
      outcome: { ...OUTCOME, result: 'stays' },
      currency: 'CNY',
    },
    { verb: 'snooze', by: LIN, until: new Date('2026-06-02T09:00:00+08:00') },
    { verb: 'wake' },
    { verb: 'dismiss', by: GU, note: '客户出国半年，走之前打过招呼。' },
    { verb: 'confirm', ownerName: LIN, kept: { minor: 8_645_050, estimated: false }, currency: 'CNY' },
    { verb: 'confirm', ownerName: LIN, kept: { minor: 8_645_050, estimated: true }, currency: 'CNY' },
    { verb: 'confirm', ownerName: null, kept: null, currency: 'CNY' },
    { ...relapse, reason: 'new-evidence' },
    { ...relapse, reason: 'worse-tier' },
    { ...relapse, reason: 'new-signal' },
    { ...relapse, reason: 'no-recovery' },
    { ...relapse, reason: 'left' },
    { verb: 'overdue', clock: 'claim', dueAt: ago(12 * 60_000), leadName: SHEN },
    { verb: 'overdue', clock: 'reach', dueAt: ago(12 * 60_000), leadName: null },
    { verb: 'overdue', clock: 'outcome', dueAt: ago(DAY), leadName: SHEN },
    { verb: 'worsen', from: 'P2', to: 'P0', reason: 'worse-tier', assessment },
    { verb: 'worsen', from: 'P0', to: 'P0', reason: 'left', assessment },
    { verb: 'worsen', from: 'P0', to: 'P0', reason: 'back', assessment },
    { verb: 'worsen', from: 'P0', to: 'P0', reason: 'graver-words', assessment },
    {
      verb: 'worsen',
      from: 'P1',
      to: 'P1',
      reason: 'new-signal',
      assessment: { ...assessment, reason: 'two-signals' },
    },
  ]
  expect(
    both((locale) => events.map((event) => render(threadCard(event, view(locale)))).join('\n---\n')),
  ).toMatchSnapshot()
})

test('settings', () => {
  const standing: SettingShown = {
    name: 'sla.p0.claim',
    about: text('P0 认领时限（小时）', 'Hours to claim a P0'),
    value: same('2'),
    standard: same('2'),
    changed: null,
  }
  const changed: SettingShown = {
    ...standing,
    name: 'sla.p1.claim',
    about: text('P1 认领时限（小时）', 'Hours to claim a P1'),
    value: same('12'),
    standard: same('24'),
    changed: { by: GU, at: ago(DAY) },
  }
  const cards = (locale: Locale) => [
    configCard({ kind: 'list', settings: [standing, changed], total: 2, page: 1, pages: 1 }, view(locale)),
    configCard({ kind: 'get', setting: standing }, view(locale)),
    configCard({ kind: 'set', setting: changed, before: same('24') }, view(locale)),
    configCard({ kind: 'set', setting: changed, before: same('12') }, view(locale)),
  ]
  expect(both((locale) => cards(locale).map(render).join('\n---\n'))).toMatchSnapshot()
})

test('forms', () => {
  const forms = (locale: Locale) => [
    resolveForm(locale, 'CNY'),
    resolveForm(locale, 'CNY', [
      { name: 'wash', label: text('免费洗车', 'Free wash'), managers: false },
      { name: 'warranty', label: text('延保半年', 'More warranty'), managers: true },
    ]),
    retainedForm(locale, 'CNY'),
    snoozeForm(locale),
    dismissForm(locale),
  ]
  expect(both((locale) => forms(locale).map(renderForm).join('\n---\n'))).toMatchSnapshot()
})

test('forms of both languages send the same fields and values', () => {
  const shape = (locale: Locale) =>
    [resolveForm(locale, 'CNY'), snoozeForm(locale)].map(({ fields }) =>
      fields.map((field) => [
        field.name,
        field.kind === 'select' ? field.options.map(({ value }) => value) : null,
      ]),
    )
  expect(shape('zh')).toEqual(shape('en'))
  const [when] = snoozeForm('en').fields
  expect(when?.kind === 'select' && when.options.map(({ value }) => value)).toEqual([...SNOOZES])
})
