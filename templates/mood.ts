import type { View } from '../src/chat/card.ts'
import type { Evidence } from '../src/signals/signal.ts'
import type { Locale } from '../src/text.ts'
import { speaker, zh } from './language.ts'
import { number } from './numbers.ts'
import { day } from './times.ts'

/** What a mood that broke and a beat that was missed are called. */

type Rhythm = Extract<Evidence, { kind: 'rhythm' }>
type Emotion = Extract<Evidence, { kind: 'emotion' }>

export function moodLabel({ fan }: Emotion, locale: Locale): string {
  const t = speaker(locale)
  return fan ? t('老客户失望了', 'A fan let down') : t('情绪转差', 'Mood has turned')
}

export function moodNumbers({ before, after }: Emotion, locale: Locale): string {
  return speaker(locale)(
    `${number(before, locale)} → ${number(after, locale)} 分`,
    `${number(before, locale)} → ${number(after, locale)} out of 10`,
  )
}

/** Since when the mood has been falling, where that is longer than this week, and what it was measured against. */
export function moodNote({ nps, voicesBefore, positiveBefore, since }: Emotion, view: View): string {
  const { locale } = view
  const t = speaker(locale)
  const falling =
    since === null ? [] : [t(zh`自${day(since, view)}起转差`, `falling since ${day(since, view)}`)]
  const scored = nps === null ? [] : [`NPS ${number(nps, locale)}`]
  const voiced =
    voicesBefore === 0
      ? []
      : [
          t(
            `此前半年 ${voicesBefore} 条反馈中 ${positiveBefore} 条正面`,
            `${positiveBefore} of ${voicesBefore} voices in the half year before were positive`,
          ),
        ]
  return [...falling, ...scored, ...voiced].join(t('，', '; '))
}

export function beat({ usualDays, quietDays, chance }: Rhythm, locale: Locale): string {
  const usual = number(Math.round(usualDays), locale)
  const quiet = number(Math.round(quietDays), locale)
  const t = speaker(locale)
  const odds =
    chance === undefined ? '' : `${missedWords(quietDays / usualDays, locale)}${oddsWords(chance, locale)}`
  return t(
    `通常 ${usual} 天一次，这次已隔 ${quiet} 天${odds}`,
    `usually every ${usual} days, now quiet for ${quiet}${odds}`,
  )
}

/** The beats that were due since the last one. */
function missedWords(beats: number, locale: Locale): string {
  const missed = Math.floor(beats)
  if (!(missed >= 1) || !Number.isFinite(missed)) return ''
  const count = number(missed, locale)
  return speaker(locale)(`，错过 ${count} 次`, `: ${count} ${missed === 1 ? 'beat' : 'beats'} missed`)
}

/** How unlikely a silence is; nobody needs more decimals than one in a thousand. */
function oddsWords(chance: number, locale: Locale): string {
  const percent = chance < 0.001 ? '0.1' : number(Math.ceil(chance * 1000) / 10, locale)
  return speaker(locale)(
    `，照以往的习惯，这种情况的可能性不到 ${percent}%`,
    `; by their own habit the chance of that is under ${percent}%`,
  )
}
