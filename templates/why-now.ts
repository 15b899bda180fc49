import type { Chart, ChartPoint } from '../src/chat/card.ts'
import { DAY } from '../src/clock.ts'
import type { Assessment } from '../src/risk/assessment.ts'
import type { Evidence } from '../src/signals/signal.ts'
import { changeNumbers, firedEvidence, labelled, type Telling } from './evidence.ts'
import { capital, speaker, zh } from './language.ts'
import { LIMITS, shown } from './limits.ts'
import { measured, number } from './numbers.ts'
import { day } from './times.ts'

type Rhythm = Extract<Evidence, { kind: 'rhythm' }>
type Change = Extract<Evidence, { kind: 'change' }>

/** The one picture that shows why now, and the piece of evidence it tells. */
export interface WhyNow {
  readonly chart: Chart
  readonly tells: Rhythm | Change
}

/** More missed beats than can be told apart at a glance. */
const MOST_MISSED = 12

/** A beat that was missed, drawn beat by beat, else the first drop as before and after; null: words do it better. */
export function whyNowChart(assessment: Assessment, telling: Telling): WhyNow | null {
  const evidence = firedEvidence(assessment)
  for (const item of evidence) {
    const chart = item.kind === 'rhythm' ? beatsChart(item, assessment, telling) : null
    if (chart !== null) return { chart, tells: item as Rhythm }
  }
  for (const item of evidence) {
    const chart = item.kind === 'change' ? dropChart(item, telling) : null
    if (chart !== null) return { chart, tells: item as Change }
  }
  return null
}

function beatsChart(rhythm: Rhythm, { beats, asOf }: Assessment, { view }: Telling): Chart | null {
  if (beats === undefined || beats.event !== rhythm.event || beats.at.length < 2) return null
  const last = beats.at.at(-1)!
  const missed = Math.floor((asOf - last) / (rhythm.usualDays * DAY))
  if (!(missed >= 1 && missed <= MOST_MISSED)) return null
  const t = speaker(view.locale)
  const usual = number(Math.round(rhythm.usualDays), view.locale)
  const came = (at: number): ChartPoint => ({ at, value: 1, label: capital(day(at, view)) })
  const due = (at: number): ChartPoint => ({
    at,
    value: 0,
    label: t(`${day(at, view)}：错过`, `${capital(day(at, view))}: missed`),
  })
  return {
    kind: 'chart',
    title: t(`${rhythm.label.zh}节奏`, `Rhythm of ${shown(rhythm.label.en, LIMITS.name)}`),
    says: t(
      zh`通常 ${usual} 天一次，上次是${day(last, view)}，此后错过 ${missed} 次`,
      `usually every ${usual} days, last on ${day(last, view)}, ${missed} missed since`,
    ),
    draw: 'marks',
    points: [
      ...beats.at.map(came),
      ...Array.from({ length: missed }, (_, at) => due(last + (at + 1) * rhythm.usualDays * DAY)),
      { at: asOf, value: null, label: '' },
    ],
    ends: { from: capital(day(beats.at[0]!, view)), to: capital(day(asOf, view)) },
  }
}

function dropChart(change: Change, telling: Telling): Chart | null {
  const { view, money } = telling
  const { feature, before, after, days, how } = change
  const drops = how === 'down' || how === 'to-nothing'
  if (!drops || !(before > 0) || !(after >= 0) || !Number.isFinite(before) || days <= 0) return null
  const t = speaker(view.locale)
  const say = (value: number) => measured(feature, value, money, view.locale)
  const [then, now] = [
    t(zh`此前 ${days} 天`, `${days} days before`),
    t(zh`近 ${days} 天`, `Last ${days} days`),
  ]
  return {
    kind: 'chart',
    title: labelled(change.label, view.locale),
    says: changeNumbers(change, telling),
    draw: 'bars',
    points: [
      { at: 0, value: before, label: t(`${then}：${say(before)}`, `${then}: ${say(before)}`) },
      { at: 1, value: after, label: t(`${now}：${say(after)}`, `${now}: ${say(after)}`) },
    ],
    ends: { from: then, to: now },
  }
}
