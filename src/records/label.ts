import { ownValue } from '../own-value.ts'
import { clean } from '../text.ts'
import { bad, good, type Parsed, quoted, tooLong } from './parsed.ts'
import type { ValueTier, VoiceChannel } from './record.ts'

const LONGEST = 500

/** A name, place or other short text, cleaned. A "�" in it means an earlier conversion destroyed the original. */
export function parseLabel(what: string, words: string): Parsed<string> {
  const label = clean(words).trim()
  if (label.includes('\ufffd')) {
    return bad(
      `${what} ${quoted(label)} 里有转码损坏留下的“\ufffd”；请按 UTF-8 重新导出`,
      `${what} ${quoted(label)} contains "\ufffd", left by a wrong conversion; export it again as UTF-8`,
    )
  }
  if (label.length > LONGEST) return tooLong(what, label, LONGEST)
  return good(label)
}

const TIERS: Readonly<Record<string, ValueTier>> = {
  high: 'high',
  高: 'high',
  高价值: 'high',
  vip: 'high',
  mid: 'mid',
  medium: 'mid',
  中: 'mid',
  中价值: 'mid',
  low: 'low',
  低: 'low',
  低价值: 'low',
}

/** The CRM's declared value tier. */
export function parseValueTier(what: string, words: string): Parsed<ValueTier> {
  const written = words.normalize('NFKC').trim().toLowerCase()
  const tier = ownValue(TIERS, written)
  return tier === undefined
    ? bad(
        `${what} ${quoted(words)} 不是 高、中、低（high、mid、low）`,
        `${what} ${quoted(words)} is not high, mid or low (高, 中, 低)`,
      )
    : good(tier)
}

export const VOICE_CHANNELS: readonly VoiceChannel[] = [
  'ticket',
  'chat',
  'survey',
  'review',
  'social',
  'call',
  'heard',
]

/** One of the channels a voice can come through. */
export function parseChannel(what: string, words: string): Parsed<VoiceChannel> {
  const written = words.trim().toLowerCase()
  const channel = VOICE_CHANNELS.find((name) => name === written)
  if (channel !== undefined) return good(channel)
  return bad(
    `${what} ${quoted(words)} 不是这些渠道之一：${VOICE_CHANNELS.join('、')}；请在 \`channels\` 里对应`,
    `${what} ${quoted(words)} is not one of ${VOICE_CHANNELS.join(', ')}; translate it under \`channels\``,
  )
}
