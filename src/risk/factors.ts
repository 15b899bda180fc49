import { isOwnRhythm } from '../features/own-rhythm.ts'
import type { Profile } from '../features/profile.ts'
import { moveOf } from '../signals/drop.ts'
import { rhythmOf } from '../signals/rhythm.ts'
import type { Evidence, Reading, WordClass } from '../signals/signal.ts'
import { same, type Text, text } from '../text.ts'
import type { History } from '../timeline/history.ts'
import type { Factor } from './assessment.ts'
import { labelOf } from './feature-of.ts'
import { subjectOf } from './rule-factor.ts'
import { scoreParts } from './score.ts'

const TOP = 5
const QUIET = 'quiet_days'
/** Words that a factor quotes. */
const TERMS = 3
/** A measure that grew by at least this much speaks for the customer. */
const GREW = 0.25

const WORD_LABELS: Readonly<Record<WordClass, (terms: string) => Text>> = {
  'strong-churn': (terms) => text(`流失词：${terms}`, `churn words: ${terms}`),
  'life-change': (terms) => text(`生活变化：${terms}`, `a life that changes: ${terms}`),
  competitor: (terms) => text(`提到竞品：${terms}`, `mentions a competitor: ${terms}`),
  'strong-negative': (terms) => text(`强烈不满：${terms}`, `strong dissatisfaction: ${terms}`),
}

/** A factor before its share is known: its weight is the risk it stands for. */
interface Draft extends Pick<Factor, 'feature' | 'direction'> {
  readonly weight: number
  /** What a card says of it, worked out when it is asked for: whoever compares nights needs only the rest. */
  tell(): Told
}

type Told = Pick<Factor, 'label' | 'before' | 'after'>

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
  return drafts.slice(0, TOP).map(({ feature, weight, direction, tell }) => ({
    feature,
    ...tell(),
    direction,
    // Rounded down, so that rounding never lifts the sum above 1.
    share: total > 0 ? Math.floor((weight / total) * 1000) / 1000 : 0,
    segmentMedian: feature.includes(':') ? null : known(median(feature)),
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
  const drafts: Draft[] = []
  addRaising(drafts, readings, history, profile)
  addLowering(drafts, history, profile)
  return drafts.sort((a, b) => b.weight - a.weight || (a.feature < b.feature ? -1 : 1))
}

/** Every part of the score, split evenly over the evidence it rests on. */
function addRaising(into: Draft[], readings: readonly Reading[], history: History, profile: Profile): void {
  for (const part of scoreParts(readings, history, profile.rhythm.kind)) {
    let pieces = part.quiet ? 1 : 0
    for (const { evidence } of part.readings) pieces += evidence.length
    const weight = part.risk / pieces
    const quiet = part.quiet ? quietDraft(history, profile, weight) : null
    if (quiet !== null) add(into, quiet)
    for (const { evidence } of part.readings) {
      for (const piece of evidence) add(into, draftOf(piece, weight, history, profile))
    }
  }
}

/** How long it has been quiet, beside how long it usually is for them; speaks for the customer when that is as usual. */
function quietDraft(history: History, profile: Profile, weight: number): Draft | null {
  const rhythm = weight <= 0 ? null : rhythmOf(history, profile)
  if (rhythm === null) return null
  const { days, usualDays, quietDays } = rhythm
  const calm = days > 1 && quietDays <= usualDays
  const direction = calm ? 'lowers' : 'raises'
  if (isOwnRhythm(days)) return silenceDraft(profile, usualDays, quietDays, direction, weight)
  return { feature: QUIET, weight, direction, tell: () => since(profile.rhythm.label, quietDays) }
}

function draftOf(piece: Evidence, weight: number, history: History, profile: Profile): Draft {
  switch (piece.kind) {
    case 'quote':
      return raises(`words:${piece.wordClass}`, weight, () => unmeasured(wordLabel(piece)))
    case 'change':
      return raises(piece.feature, weight, () => ({
        label: piece.label,
        before: piece.before,
        after: piece.after,
      }))
    case 'rhythm':
      return piece.event === profile.rhythm.kind
        ? silenceDraft(profile, piece.usualDays, piece.quietDays, 'raises', weight)
        : raises(`silence:${piece.event}`, weight, () =>
            between(piece.label, piece.usualDays, piece.quietDays),
          )
    case 'emotion':
      return raises('emotion:mood', weight, () => ({ label: MOOD, before: piece.before, after: piece.after }))
    case 'rule':
      return ruleDraft(piece.rule, weight, history, profile)
  }
}

const MOOD = text('情绪（满分 10 分）', 'mood (out of 10)')

function raises(feature: string, weight: number, tell: () => Told): Draft {
  return { feature, weight, direction: 'raises', tell }
}

function unmeasured(label: Text): Told {
  return { label, before: null, after: null }
}

function wordLabel({ wordClass, terms }: Extract<Evidence, { kind: 'quote' }>): Text {
  const told = terms.slice(0, TERMS).map((term) => `“${term}”`)
  return { zh: WORD_LABELS[wordClass](told.join('、')).zh, en: WORD_LABELS[wordClass](told.join(', ')).en }
}

function silenceDraft(
  { rhythm }: Profile,
  usualDays: number,
  quietDays: number,
  direction: Factor['direction'],
  weight: number,
): Draft {
  return {
    feature: QUIET,
    weight,
    direction,
    tell: () => between(rhythm.label, usualDays, quietDays),
  }
}

/** A silence, of the profile's rhythm or of another kind: no word from someone who used to speak. */
function between(label: Text, usualDays: number, quietDays: number): Told {
  return {
    label: text(`${label.zh}间隔（天）`, `days between ${label.en}`),
    before: Math.round(usualDays),
    after: Math.floor(quietDays),
  }
}

/** The silence of someone who came too seldom to have an interval of their own. */
function since(label: Text, quietDays: number): Told {
  return {
    label: text(`距上次${label.zh}（天）`, `days without ${label.en}`),
    before: null,
    after: Math.floor(quietDays),
  }
}

function ruleDraft(rule: string, weight: number, history: History, profile: Profile): Draft {
  const subject = subjectOf(rule, profile)
  if (subject === null) return raises(`rule:${rule}`, weight, () => unmeasured(same(rule)))
  const { feature, before } = subject
  return raises(feature, weight, () => ({
    label: labelOf(feature, profile),
    before: before === null ? null : known(history.feature(before)),
    after: known(history.feature(feature)),
  }))
}

/** Measures that grew: they speak against leaving, and a card is fairer for saying so. */
function addLowering(into: Draft[], history: History, profile: Profile): void {
  const get = (name: string) => history.feature(name)
  for (const watched of profile.change) {
    const move = moveOf(watched, get, profile)
    if (move === null || move.drop > -GREW || move.after < watched.least) continue
    const weight = 0.1 * Math.min(1, -move.drop)
    const { before, after } = move
    const tell = () => ({ label: watched.label, before, after })
    add(into, { feature: watched.now, weight, direction: 'lowers', tell })
  }
}

/**
 * One factor a feature: what several signals say of it adds up; the first to give numbers keeps them. There are a handful:
 * looking through them is quicker than a map.
 */
function add(drafts: Draft[], draft: Draft): void {
  for (let at = 0; at < drafts.length; at += 1) {
    const seen = drafts[at]!
    if (seen.feature !== draft.feature) continue
    drafts[at] = {
      feature: draft.feature,
      weight: seen.weight + draft.weight,
      direction: seen.direction === 'raises' ? 'raises' : draft.direction,
      tell: () => completed(seen.tell(), draft.tell()),
    }
    return
  }
  drafts.push(draft)
}

function completed(first: Told, second: Told): Told {
  return { label: first.label, before: first.before ?? second.before, after: first.after ?? second.after }
}

function known(value: number): number | null {
  return Number.isFinite(value) ? value : null
}
