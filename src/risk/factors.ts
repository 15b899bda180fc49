import type { Profile } from '../features/profile.ts'
import { moveOf } from '../signals/drop.ts'
import { rhythmOf } from '../signals/rhythm.ts'
import type { Evidence, Reading, WordClass } from '../signals/signal.ts'
import { type Text, text } from '../text.ts'
import type { History } from '../timeline/history.ts'
import type { Factor } from './assessment.ts'
import { labelOf } from './feature-of.ts'
import { subjectOf } from './rule-factor.ts'
import { scoreParts } from './score.ts'

const TOP = 5
/** A measure that grew by at least this much speaks for the customer. */
const GREW = 0.25

const WORD_LABELS: Readonly<Record<WordClass, (terms: string) => Text>> = {
  'strong-churn': (terms) => text(`流失词：${terms}`, `churn words: ${terms}`),
  'life-change': (terms) => text(`生活变化：${terms}`, `a life that changes: ${terms}`),
  competitor: (terms) => text(`提到竞品：${terms}`, `mentions a competitor: ${terms}`),
  'strong-negative': (terms) => text(`强烈不满：${terms}`, `strong dissatisfaction: ${terms}`),
}

/** A factor before its share is known: its weight is the risk it stands for. */
interface Draft {
  readonly feature: string
  readonly label: Text
  readonly weight: number
  readonly direction: Factor['direction']
  readonly before: number | null
  readonly after: number | null
}

/**
 * The five things that make the score what it is, heaviest first, with the customer's own numbers and those of similar
 * customers (`median`: a feature's median in the segment, NaN when unknown). Shares sum to at most 1.
 */
export function factorsOf(
  readings: readonly Reading[],
  history: History,
  profile: Profile,
  median: (feature: string) => number,
): Factor[] {
  const drafts = draftsOf(readings, history, profile)
  const total = drafts.reduce((sum, { weight }) => sum + weight, 0)
  return drafts.slice(0, TOP).map(({ weight, ...draft }) => ({
    ...draft,
    // Rounded down, so that rounding never lifts the sum above 1.
    share: total > 0 ? Math.floor((weight / total) * 1000) / 1000 : 0,
    segmentMedian: draft.feature.includes(':') ? null : known(median(draft.feature)),
  }))
}

/** Which factors these will be, and which way they point; nobody else is looked at for it. */
export function leadingFactors(
  readings: readonly Reading[],
  history: History,
  profile: Profile,
): readonly Pick<Factor, 'feature' | 'direction'>[] {
  return draftsOf(readings, history, profile).slice(0, TOP)
}

function draftsOf(readings: readonly Reading[], history: History, profile: Profile): Draft[] {
  const drafts = merge([...raising(readings, history, profile), ...lowering(history, profile)])
  return drafts.sort((a, b) => b.weight - a.weight || (a.feature < b.feature ? -1 : 1))
}

/** Every part of the score, split evenly over the evidence it rests on. */
function raising(readings: readonly Reading[], history: History, profile: Profile): Draft[] {
  return scoreParts(readings, history, profile.rhythm.kind).flatMap((part) => {
    const pieces = part.readings.flatMap(({ evidence }) => evidence)
    const weight = part.risk / (pieces.length + (part.quiet ? 1 : 0))
    const quiet = part.quiet ? quietDraft(history, profile, weight) : []
    return [...quiet, ...pieces.map((piece) => draftOf(piece, weight, history, profile))]
  })
}

/** How long it has been quiet, beside how long it usually is; speaks for the customer when that is as usual. */
function quietDraft(history: History, profile: Profile, weight: number): Draft[] {
  const rhythm = rhythmOf(history, profile)
  if (rhythm === null || weight <= 0) return []
  const { days, usualDays, quietDays } = rhythm
  const calm = days > 1 && quietDays <= usualDays
  return [silenceDraft(profile, usualDays, quietDays, calm ? 'lowers' : 'raises', weight)]
}

function draftOf(piece: Evidence, weight: number, history: History, profile: Profile): Draft {
  const raises = { weight, direction: 'raises' } as const
  switch (piece.kind) {
    case 'quote':
      return {
        ...raises,
        feature: `words:${piece.wordClass}`,
        label: wordLabel(piece),
        before: null,
        after: null,
      }
    case 'change':
      return {
        ...raises,
        feature: piece.feature,
        label: piece.label,
        before: piece.before,
        after: piece.after,
      }
    case 'rhythm':
      return piece.event === profile.rhythm.kind
        ? silenceDraft(profile, piece.usualDays, piece.quietDays, 'raises', weight)
        : unspokenDraft(piece, weight)
    case 'emotion':
      return {
        ...raises,
        feature: 'emotion:mood',
        label: text('情绪（满分 10 分）', 'mood (out of 10)'),
        before: piece.before,
        after: piece.after,
      }
    case 'rule':
      return ruleDraft(piece.rule, weight, history, profile)
  }
}

function wordLabel({ wordClass, terms }: Extract<Evidence, { kind: 'quote' }>): Text {
  return { zh: WORD_LABELS[wordClass](terms.join('、')).zh, en: WORD_LABELS[wordClass](terms.join(', ')).en }
}

/** A silence of another kind than the profile's rhythm: no word from someone who used to speak. */
function unspokenDraft(
  { event, label, usualDays, quietDays }: Extract<Evidence, { kind: 'rhythm' }>,
  weight: number,
): Draft {
  return {
    feature: `silence:${event}`,
    label: text(`${label.zh}间隔（天）`, `days between ${label.en}`),
    weight,
    direction: 'raises',
    before: Math.round(usualDays),
    after: Math.floor(quietDays),
  }
}

function silenceDraft(
  { rhythm }: Profile,
  usualDays: number,
  quietDays: number,
  direction: Factor['direction'],
  weight: number,
): Draft {
  const label = text(`${rhythm.label.zh}间隔（天）`, `days between ${rhythm.label.en}`)
  return {
    feature: 'quiet_days',
    label,
    weight,
    direction,
    before: Math.round(usualDays),
    after: Math.floor(quietDays),
  }
}

function ruleDraft(rule: string, weight: number, history: History, profile: Profile): Draft {
  const subject = subjectOf(rule, profile)
  const raises = { weight, direction: 'raises' } as const
  if (subject === null)
    return { ...raises, feature: `rule:${rule}`, label: text(rule, rule), before: null, after: null }
  const { feature } = subject
  const before = subject.before === null ? null : known(history.feature(subject.before))
  return {
    ...raises,
    feature,
    label: labelOf(feature, profile),
    before,
    after: known(history.feature(feature)),
  }
}

/** Measures that grew: they speak against leaving, and a card is fairer for saying so. */
function lowering(history: History, profile: Profile): Draft[] {
  return profile.change.flatMap((watched) => {
    const move = moveOf(watched, (name) => history.feature(name), profile)
    if (move === null || move.drop > -GREW || move.after < watched.least) return []
    const weight = 0.1 * Math.min(1, -move.drop)
    const { before, after } = move
    return [{ feature: watched.now, label: watched.label, weight, direction: 'lowers', before, after }]
  })
}

/** One factor a feature: what several signals say of it adds up; the first to give numbers keeps them. */
function merge(drafts: readonly Draft[]): Draft[] {
  const merged = new Map<string, Draft>()
  for (const draft of drafts) {
    const seen = merged.get(draft.feature)
    if (seen === undefined) merged.set(draft.feature, draft)
    else
      merged.set(draft.feature, {
        ...seen,
        weight: seen.weight + draft.weight,
        direction: seen.direction === 'raises' ? 'raises' : draft.direction,
        before: seen.before ?? draft.before,
        after: seen.after ?? draft.after,
      })
  }
  return [...merged.values()]
}

function known(value: number): number | null {
  return Number.isFinite(value) ? value : null
}
