import { clean, clip } from '../../text.ts'

const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' })

/** UTF-16 units a string of so many graphemes may have: one grapheme can be made of thousands. */
const room = (limit: number): number => limit * 4 + 16

/** Words from anywhere made safe and cut to `limit` graphemes, none of them split. */
export function shorten(words: string, limit: number): string {
  const short = clip(clean(words), limit)
  if (short.length <= room(limit)) return short
  let end = 0
  for (const { segment, index } of segmenter.segment(short.slice(0, room(limit)))) {
    if (index + segment.length > room(limit) - 1) break
    end = index + segment.length
  }
  return `${short.slice(0, end)}…`
}
