import type { Block, Button, Card, Template, View } from '../src/chat/card.ts'
import type { SeriesName } from '../src/sentinel/series.ts'
import type { Storm, StormCause, StormView } from '../src/sentinel/storm.ts'
import { type Text, text } from '../src/text.ts'
import { capital, speaker, zh } from './language.ts'
import { LIMITS, shown, withinLimits } from './limits.ts'
import { maskedVoice, personName } from './names.ts'
import { number, roundMoney } from './numbers.ts'
import { chartOf, isPast, unitOf } from './storm-chart.ts'
import { voicesButton } from './storm-voices.ts'
import { day } from './times.ts'
import { alertNo, WORD_CLASS } from './words.ts'

export const stormNo = (no: number): string => `S-${no}`

export const STORM_CAUSE: Readonly<Record<StormCause, Text>> = {
  real: text('确有问题', 'A real problem'),
  campaign: text('活动或报道带来的', 'A campaign or the news'),
  data: text('数据问题', 'A fault of the data'),
  nothing: text('没什么事', 'Nothing'),
}

/** What a series is about, in the reader's language. */
export function seriesWords({ kind, key }: SeriesName, about: Text, { locale }: View): string {
  const ofWords = kind === 'words' ? (WORD_CLASS as Readonly<Record<string, Text>>)[key] : undefined
  return shown((ofWords ?? about)[locale], 40)
}

export function stormTitle(
  { storm, about }: { readonly storm: SeriesName & Pick<Storm, 'what'>; readonly about: Text },
  view: View,
): string {
  const t = speaker(view.locale)
  const what = seriesWords(storm, about, view)
  if (storm.kind === 'word')
    return storm.what === 'volume'
      ? t(`突然很多人提到${what}`, `Many people suddenly say ${what}`)
      : t(`提到${what}的差评突然变多`, `Voices that say ${what} have turned negative`)
  return storm.what === 'volume'
    ? t(`“${what}”的反馈突然变多`, `${capital(what)}: far more voices than usual`)
    : t(`“${what}”的差评突然变多`, `${capital(what)}: voices have turned negative`)
}

/** How a storm stands, in a few words. */
export function stormState(storm: Storm, { locale }: View): string {
  const t = speaker(locale)
  if (storm.closedAt !== null) return t('已关闭', 'Closed')
  if (storm.endedAt !== null) return t('已平息', 'Over')
  return storm.owner === null ? t('待认领', 'Unclaimed') : t('处理中', 'Being worked on')
}

/** The parent card of a storm: how much, since when, who is hit, what they say, which cases belong to it. */
export const stormCard: Template<StormView> = (data, view) => {
  const { storm } = data
  const title = stormTitle(data, view)
  const figures = todayWords(storm, view)
  return withinLimits({
    accent: accentOf(storm),
    badge: stormNo(storm.no),
    title,
    subtitle: `${stormState(storm, view)} · ${figures}`,
    blocks: [
      { kind: 'fields', fields: fieldsOf(data, view) },
      chartOf(storm, view),
      ...data.quotes.map(
        (quote): Block => ({
          kind: 'quote',
          text: shown(maskedVoice(quote.text, quote.name), LIMITS.quote),
          by: capital(day(quote.at, view)),
        }),
      ),
      ...notesOf(data, view),
    ],
    buttons: buttonsOf(storm, view),
    fallback: `${stormNo(storm.no)} · ${title} · ${figures}`,
    version: storm.version,
  })
}

function accentOf({ closedAt, endedAt, owner }: Storm): Card['accent'] {
  if (closedAt !== null || endedAt !== null) return 'muted'
  return owner === null ? 'P1' : 'P2'
}

/**
 * "近 24 小时 37 条，平时 4–9 条"; of a turn to the negative, how many of how many. What is over or closed is not counted on:
 * of that its highest day.
 */
export function todayWords(storm: Storm, { locale }: View): string {
  const t = speaker(locale)
  const { kind, what, figures } = storm
  const of = unitOf(kind)
  const { count, voices, peak, usual, usualShare } = figures
  if (isPast(storm))
    return what === 'volume'
      ? t(
          `最高一天 ${peak} ${of}，平时 ${usual.low}–${usual.high} ${of}`,
          `${peak} on its highest day, usually ${usual.low}–${usual.high}`,
        )
      : t(`最高一天 ${peak} ${of}差评`, `${peak} negative on its highest day`)
  if (what === 'volume')
    return t(
      `近 24 小时 ${count} ${of}，平时 ${usual.low}–${usual.high} ${of}`,
      `${count} in 24 hours, usually ${usual.low}–${usual.high}`,
    )
  const part = `${Math.round(usualShare * 100)}`
  return t(
    `近 24 小时 ${voices} ${of}里有 ${count} ${of}差评，平时约 ${part}%`,
    `${count} of ${voices} in 24 hours are negative, usually ${part}%`,
  )
}

function fieldsOf({ storm, ownerName, askedNames, closedByName, currency }: StormView, view: View) {
  const t = speaker(view.locale)
  const { figures, cause } = storm
  const names = askedNames.map((name) => personName(name, view.locale)).join(t('、', ', '))
  const ended = storm.endedAt === null ? [] : [{ label: t('平息', 'Over'), value: day(storm.endedAt, view) }]
  return [
    { label: t('开始', 'Since'), value: capital(day(storm.startedAt, view)) },
    ...ended,
    ...(isPast(storm)
      ? []
      : [
          {
            label: t('最高一天', 'Highest day'),
            value: t(`${figures.peak} ${unitOf(storm.kind)}`, `${figures.peak}`),
          },
        ]),
    {
      label: t('涉及客户', 'Customers'),
      value: t(
        zh`${number(figures.customers, 'zh')} 位，合计价值 ${roundMoney(figures.valueMinor, currency, 'zh')}`,
        `${number(figures.customers, 'en')}, worth ${roundMoney(figures.valueMinor, currency, 'en')}`,
      ),
    },
    ...(ownerName === null
      ? []
      : [{ label: t('处理人', 'Owner'), value: personName(ownerName, view.locale) }]),
    ...(names === '' ? [] : [{ label: t('归谁管', 'In charge'), value: names }]),
    ...(closedByName === null || cause === null
      ? []
      : [
          {
            label: t('结论', 'What it was'),
            value: shown(
              [
                STORM_CAUSE[cause][view.locale],
                maskedVoice(storm.note, null),
                personName(closedByName, view.locale),
              ]
                .filter(Boolean)
                .join(' · '),
              LIMITS.field,
            ),
          },
        ]),
  ]
}

const MOST_CASES = 12
const MOST_ALSO = 4

function notesOf({ cases, also, storm }: StormView, view: View): Block[] {
  const t = speaker(view.locale)
  const comma = t('、', ', ')
  const more =
    cases.length > MOST_CASES ? t(zh` 等 ${cases.length} 个`, ` and ${cases.length - MOST_CASES} more`) : ''
  const named = cases.slice(0, MOST_CASES).map(alertNo).join(comma)
  const others = also.slice(0, MOST_ALSO).map(({ series, about }) => seriesWords(series, about, view))
  return [
    ...(cases.length === 0
      ? []
      : [
          {
            kind: 'text' as const,
            text: t(`相关预警：${named}${more}`, `Cases that belong to it: ${named}${more}`),
          },
        ]),
    ...(others.length === 0
      ? []
      : [
          {
            kind: 'note' as const,
            text: t(`同一件事也体现在：${others.join(comma)}`, `The same shows in: ${others.join(comma)}`),
          },
        ]),
    ...nextStep(storm, view),
  ]
}

/** What is asked of whoever reads it, and what happens if nobody does it. */
function nextStep({ owner, endedAt, closedAt }: Storm, view: View): Block[] {
  if (closedAt !== null) return []
  const t = speaker(view.locale)
  const close =
    owner === null && endedAt === null
      ? t(
          '先认领，弄清是怎么回事，再点“关闭”写明结论，相关预警都会收到。',
          'Claim it, find out what is behind it, then press Close and write down what it was; the cases that belong to it are told.',
        )
      : t(
          '弄清是怎么回事后点“关闭”，写明结论，相关预警都会收到。',
          'Once you know what is behind it, press Close and write down what it was; the cases that belong to it are told.',
        )
  const alone = t(
    '没人处理的话，连续 3 天回到平时水平就自动结束。',
    ' Left alone, it ends after three days as usual.',
  )
  return [{ kind: 'note', text: endedAt === null ? close + alone : close }]
}

function buttonsOf(storm: Storm, view: View): Button[] {
  const { no, owner, closedAt, endedAt } = storm
  const t = speaker(view.locale)
  const voices = voicesButton(storm, view)
  if (closedAt !== null) return voices
  const claim: Button = {
    ...{ command: 'storms', label: t('认领', 'Claim') },
    ...{ style: 'primary', args: `claim ${stormNo(no)}` },
  }
  const close: Button = {
    ...{ command: 'storms', label: t('关闭', 'Close') },
    ...{ style: 'plain', args: `close ${stormNo(no)}` },
  }
  return owner === null && endedAt === null ? [claim, close, ...voices] : [close, ...voices]
}
