import type { Block, View } from '../src/chat/card.ts'
import type { Assessment, Factor } from '../src/risk/assessment.ts'
import type { Evidence, WordClass } from '../src/signals/signal.ts'
import { type Locale, same, type Text } from '../src/text.ts'
import { channelWords } from './kinds.ts'
import { capital, speaker, zh } from './language.ts'
import { LIMITS, shown } from './limits.ts'
import { beat, moodLabel, moodNote, moodNumbers } from './mood.ts'
import { maskedVoice } from './names.ts'
import { type MoneyView, measured } from './numbers.ts'
import { moment } from './times.ts'
import { WORD_CLASS } from './words.ts'

/** Whose evidence is told, and to whom. */
export interface Telling {
  readonly view: View
  readonly money: MoneyView
  readonly maskNames: boolean
  /** The customer's name, so that it can be masked inside their own words. */
  readonly name: string | null
}

type Quote = Extract<Evidence, { kind: 'quote' }>
type Change = Extract<Evidence, { kind: 'change' }>
type Rhythm = Extract<Evidence, { kind: 'rhythm' }>
type Emotion = Extract<Evidence, { kind: 'emotion' }>
type FactorRow = Extract<Block, { kind: 'factors' }>['factors'][number]

const TOP = 5
const WORDS = 'words:'
/** Graphemes of a term: English takes more of them. */
const TERM = { zh: 16, en: 32 }
const RULE = 'rule:'
const CLASS_ORDER: readonly WordClass[] = ['strong-churn', 'life-change', 'competitor', 'strong-negative']

/** What the customer said: the strongest class of words first, a fan's disappointment after it, then the newest. */
export function quotesOf(evidence: readonly Evidence[]): (Quote | Emotion)[] {
  return evidence
    .filter((item) => item.kind === 'quote' || item.kind === 'emotion')
    .filter(({ sentence }) => sentence.trim() !== '')
    .sort((a, b) => loudness(a) - loudness(b) || b.at - a.at)
}

function loudness(item: Quote | Emotion): number {
  if (item.kind === 'emotion') return item.fan ? 0.5 : CLASS_ORDER.length
  return CLASS_ORDER.indexOf(item.wordClass)
}

/** Evidence of the readings that count, strongest reading first. */
export function firedEvidence(assessment: Assessment): Evidence[] {
  const fired = assessment.readings.filter((reading) => reading.fired)
  return fired.sort((a, b) => b.strength - a.strength).flatMap((reading) => reading.evidence)
}

export function quoteBlock(quote: Quote | Emotion, telling: Telling): Block {
  const { view, maskNames, name } = telling
  const sentence = maskNames ? maskedVoice(quote.sentence, name) : quote.sentence
  return {
    kind: 'quote',
    text: shown(sentence, LIMITS.quote),
    by: `${capital(shown(channelWords(quote.channel)[view.locale], LIMITS.cell))} · ${moment(quote.at, view)}`,
  }
}

/** The factor that tells the same as a piece of evidence. */
const QUIET = 'quiet_days'
const MOOD = 'emotion:mood'

function isTold(item: Change | Rhythm | Emotion, told: ReadonlySet<string>): boolean {
  if (item.kind === 'change') return told.has(item.feature)
  if (item.kind === 'emotion') return told.has(MOOD)
  return told.has(item.event === 'voice' ? 'silence:voice' : QUIET)
}

/** Top factors with bars, then what moved without being a factor or being `drawn`; at most six rows. */
export function whyNowRows(
  assessment: Assessment,
  telling: Telling,
  drawn: Evidence | null = null,
): FactorRow[] {
  const told = new Set(assessment.factors.map(({ feature }) => feature))
  const rest = firedEvidence(assessment)
    .filter((item) => item !== drawn)
    .filter((item) => item.kind === 'change' || item.kind === 'rhythm' || item.kind === 'emotion')
    .filter((item) => !isTold(item, told))
  return [...factorRows(assessment, telling), ...rest.map((item) => movedRow(item, telling))].slice(0, 6)
}

function movedRow(item: Change | Rhythm | Emotion, telling: Telling): FactorRow {
  if (item.kind === 'change') return changeRow(item, telling)
  return item.kind === 'rhythm' ? rhythmRow(item, telling) : emotionRow(item, telling)
}

/** The top five factors with their share of the score as a bar. */
export function factorRows(assessment: Assessment, telling: Telling): FactorRow[] {
  return assessment.factors.slice(0, TOP).map((factor) => {
    const sentence = ruleSentence(factor, assessment, telling)
    return { ...factorRow(factor, telling), ...(sentence === null ? {} : { label: sentence }) }
  })
}

function factorRow(factor: Factor, { view, money, maskNames, name }: Telling): FactorRow {
  const t = speaker(view.locale)
  const isQuoted = factor.feature.startsWith(WORDS) && maskNames
  const quoted = isQuoted ? same(maskedVoice(factor.label[view.locale], name)) : factor.label
  const { label, unit } = unitApart(quoted, view.locale)
  const say = (value: number | null) => measured(factor.feature, value, money, view.locale)
  const { before, after, segmentMedian } = factor
  const counted = before === null ? (after === null ? '' : say(after)) : `${say(before)} → ${say(after)}`
  const numbers = counted === '' ? '' : `${counted}${unit}`
  const notes = [
    ...(segmentMedian === null
      ? []
      : [t(zh`同类客户一般为${`${say(segmentMedian)}${unit}`}`, `similar customers: ${say(segmentMedian)}`)]),
    ...(factor.direction === 'lowers' ? [t('降低风险', 'lowers the risk')] : []),
  ]
  const note = notes.length === 0 ? {} : { note: notes.join(t('，', ', ')) }
  const lowers = factor.direction === 'lowers' ? { lowers: true as const } : {}
  return { label, numbers, share: shareOf(factor), ...lowers, ...note }
}

/** "到店间隔（天）" as the label "到店间隔" and the unit " 天" behind its numbers. */
function unitApart(label: Text, locale: Locale): { label: string; unit: string } {
  const words = labelled(label, locale)
  const apart = locale === 'zh' ? /^(.+)（(天|次|分钟|小时|公里)）$/.exec(words) : null
  return apart === null ? { label: words, unit: '' } : { label: apart[1]!, unit: ` ${apart[2]}` }
}

/** A profile's label as the start of a line. */
export function labelled(label: Text, locale: Locale): string {
  return capital(shown(label[locale], 60))
}

/** A rule that stands for no single feature is told by its sentence. */
function ruleSentence({ feature }: Factor, assessment: Assessment, telling: Telling): string | null {
  if (!feature.startsWith(RULE)) return null
  const rule = firedEvidence(assessment).find((item) => item.kind === 'rule' && RULE + item.rule === feature)
  return rule === undefined ? null : evidenceLine(rule, telling).replace(/[。.]$/, '')
}

function shareOf({ share }: Factor): number | null {
  return Number.isFinite(share) ? Math.min(1, Math.max(0, share)) : null
}

function changeRow(change: Change, telling: Telling): FactorRow {
  const { locale } = telling.view
  const t = speaker(locale)
  const { days, how } = change
  const notes = [
    ...(how === 'to-nothing' ? [t('降到零', 'down to none')] : []),
    ...(how === 'from-nothing' ? [t('从无到有', 'from none')] : []),
    ...(days > 0
      ? [t(zh`近 ${days} 天对比此前 ${days} 天`, `last ${days} days against the ${days} before`)]
      : []),
  ]
  const note = notes.length === 0 ? {} : { note: notes.join(t('，', '; ')) }
  return {
    label: labelled(change.label, locale),
    numbers: changeNumbers(change, telling),
    share: null,
    ...note,
  }
}

export function changeNumbers({ feature, before, after }: Change, { view, money }: Telling): string {
  const say = (value: number) => measured(feature, value, money, view.locale)
  return `${say(before)} → ${say(after)}`
}

function rhythmRow(rhythm: Rhythm, { view }: Telling): FactorRow {
  return { label: labelled(rhythm.label, view.locale), numbers: beat(rhythm, view.locale), share: null }
}

function emotionRow(item: Emotion, telling: Telling): FactorRow {
  const { locale } = telling.view
  return {
    label: moodLabel(item, locale),
    numbers: moodNumbers(item, locale),
    share: null,
    note: moodNote(item, telling.view),
  }
}

/** One line of evidence in words; quotes are cut and masked like everywhere. */
export function evidenceLine(item: Evidence, telling: Telling): string {
  const { view, maskNames, name } = telling
  const t = speaker(view.locale)
  switch (item.kind) {
    case 'quote': {
      const terms = item.terms.slice(0, 4).map((term) => quotedTerm(term, TERM[view.locale], telling))
      return t(
        `${WORD_CLASS[item.wordClass].zh}：${terms.join('、')}（${quoteBy(item, telling)}）`,
        `${WORD_CLASS[item.wordClass].en}: ${terms.join(', ')} (${quoteBy(item, telling)})`,
      )
    }
    case 'change': {
      const { label, numbers, note } = changeRow(item, telling)
      if (note === undefined) return t(`${label}：${numbers}`, `${label}: ${numbers}`)
      return t(`${label}：${numbers}（${note}）`, `${label}: ${numbers} (${note})`)
    }
    case 'rhythm':
      return t(`${item.label.zh}：${beat(item, 'zh')}`, `${labelled(item.label, 'en')}: ${beat(item, 'en')}`)
    case 'rule':
      return shown(
        maskNames ? maskedVoice(item.sentence[view.locale], name) : item.sentence[view.locale],
        120,
      )
    case 'emotion': {
      const [label, numbers] = [moodLabel(item, view.locale), moodNumbers(item, view.locale)]
      const note = moodNote(item, view)
      return t(
        `${label}：${numbers}（${note}；${quoteBy(item, telling)}）`,
        `${label}: ${numbers} (${note}; ${quoteBy(item, telling)})`,
      )
    }
  }
}

/** The customer's own words for a term, which may hold more than the term. */
export function quotedTerm(term: string, limit: number, { maskNames, name }: Telling): string {
  return `“${shown(maskNames ? maskedVoice(term, name) : term, limit)}”`
}

function quoteBy(quote: Quote | Emotion, { view }: Telling): string {
  return `${shown(channelWords(quote.channel)[view.locale], LIMITS.cell)} ${moment(quote.at, view)}`
}

/** Sentences of the rules that hit and are not among the factors, one a line; null when there are none. */
export function ruleLines(assessment: Assessment, telling: Telling): Block | null {
  const told = new Set(assessment.factors.slice(0, TOP).map(({ feature }) => feature))
  const rules = firedEvidence(assessment).filter(
    (item) => item.kind === 'rule' && !told.has(RULE + item.rule),
  )
  if (rules.length === 0) return null
  return {
    kind: 'text',
    text: rules
      .slice(0, 5)
      .map((rule) => `• ${evidenceLine(rule, telling)}`)
      .join('\n'),
  }
}
