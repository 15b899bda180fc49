import { clean } from '../../text.ts'

const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' })

/** UTF-16 units a string of so many graphemes may have: one grapheme can be made of thousands. */
const room = (limit: number): number => limit * 4 + 16

/**
 * Words from anywhere made safe and cut to `limit` graphemes, none of them split, "…" where something was cut. Only the
 * beginning is looked at: a megabyte costs no more than a sentence.
 */
export function shorten(words: string, limit: number): string {
  const most = room(limit)
  const head = words.length > most * 2 ? words.slice(0, most * 2).replace(/[\ud800-\udbff]$/, '') : words
  const isWhole = head.length === words.length
  const safe = clean(head)
  let count = 0
  let end = 0
  for (const { segment, index } of segmenter.segment(safe)) {
    const after = index + segment.length
    count += 1
    // Where the words were cut above, the last grapheme may be half of one.
    if (after === safe.length && isWhole && count <= limit && after <= most) return safe
    if (after === safe.length || count >= limit || after >= most) return `${safe.slice(0, end)}…`
    end = after
  }
  return isWhole ? '' : '…'
}
