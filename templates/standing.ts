import type { Block, View } from '../src/chat/card.ts'
import type { FeedFinding } from '../src/features/feed-health.ts'
import type { Assessment } from '../src/risk/assessment.ts'
import type { Standing } from '../src/risk/standing.ts'
import { basisWords } from './kinds.ts'
import { capital, speaker, zh } from './language.ts'
import { LIMITS, shown } from './limits.ts'
import { moment } from './times.ts'
import { listed, SIGNAL } from './words.ts'

type Field = Extract<Block, { kind: 'fields' }>['fields'][number]

/** Where a customer stands: the step on the way out, the groups, and what the judgement rests on. */

/** The step and when leaving usually follows; nothing while no step can be seen. */
export function stageField({ stage }: Standing, view: View): Field[] {
  if (stage === null) return []
  const t = speaker(view.locale)
  const value = `${shown(stage.label[view.locale], LIMITS.name)} · ${leavingWords(stage.before, view)}`
  return [{ label: t('流失阶段', 'Departure stage'), value: capital(value) }]
}

/** The step as `stageField` says it, with the numbers it was seen by and what helps. */
export function stageStory(standing: Standing, view: View): Field[] {
  const { stage } = standing
  if (stage === null) return []
  const t = speaker(view.locale)
  return [
    ...stageField(standing, view),
    { label: t('怎么看出来的', 'Seen by'), value: shown(stage.sentence[view.locale], 120) },
    { label: t('这一步怎么留', 'What helps now'), value: shown(stage.strategy[view.locale], LIMITS.quote) },
  ]
}

/** Layer, RFM class and lifecycle, and the layer's strategy, in one line. */
export function segmentFields({ layer, rfm, lifecycle }: Standing, view: View): Field[] {
  const t = speaker(view.locale)
  const groups = [layer, rfm, lifecycle].filter((group) => group !== null)
  if (groups.length === 0) return []
  const names = groups.map(({ label }) => shown(label[view.locale], LIMITS.name))
  const strategy = shown(groups[0]!.strategy[view.locale], LIMITS.quote)
  const who = capital([...new Set(names)].join(' · '))
  return [{ label: t('客户分层', 'Segment'), value: t(`${who}。${strategy}`, `${who}. ${strategy}`) }]
}

function leavingWords({ from, to }: { from: number; to: number }, view: View): string {
  const t = speaker(view.locale)
  if (to <= 0) return t(zh`通常 ${from} 天内离开`, `usually gone within ${from} days`)
  return t(zh`通常 ${to}～${from} 天后离开`, `usually gone in ${to} to ${from} days`)
}

/** When a judgement was made and by what, in one line. */
export function provenance({ model, profile, asOf }: Assessment, view: View): string {
  const t = speaker(view.locale)
  const by = model === 'rules' ? t('规则', 'rules') : shown(model, 60)
  const made = moment(asOf, view)
  return t(
    `当前判断作于${/^\d/.test(made) ? ' ' : ''}${made}（${by}，行业配置 ${shown(profile, 60)}）。`,
    `Judged ${made} by ${by}, profile ${shown(profile, 60)}.`,
  )
}

/** Feeds that look broken now, and the signals that are held back because of broken feeds; null: all is well. */
export function feedNote(
  feeds: readonly FeedFinding[],
  assessment: Assessment | null,
  view: View,
): string | null {
  const t = speaker(view.locale)
  const reasons = feeds.slice(0, 3).map(({ reason }) => shown(reason[view.locale], 120))
  const more = feeds.length - reasons.length
  const held = (assessment?.readings ?? []).filter((reading) => reading.held !== undefined)
  const names = listed(
    held.map(({ signal }) => SIGNAL[signal][view.locale]),
    view.locale,
  )
  const parts = [
    ...reasons,
    ...(more > 0 ? [t(`还有 ${more} 类数据也不正常。`, `${more} more feeds are in trouble.`)] : []),
    ...(held.length === 0 ? [] : [t(`${names}暂不判断。`, `Held back: ${names}.`)]),
  ]
  return parts.length === 0 ? null : parts.join(t('', ' '))
}

/** A reading that waits for its data. */
export function heldNote(
  { signal, held }: Pick<Assessment['readings'][number], 'signal' | 'held'>,
  view: View,
): string {
  const t = speaker(view.locale)
  const kinds = listed(
    (held?.kinds ?? []).slice(0, 4).map((kind) => basisWords(kind)[view.locale]),
    view.locale,
  )
  return t(
    `${SIGNAL[signal].zh}暂不判断：${kinds}的数据没有正常更新。`,
    `${SIGNAL[signal].en} is held back: the data on ${kinds} has stopped coming in as usual.`,
  )
}
