import { clean } from '../../text.ts'
import type { Plain, RichWords } from './blocks.ts'

/** Words made fit for Slack: safe, never over a limit, never a sign split in two. */

const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' })
/** What is looked at beyond a limit, so that removed characters rarely cost visible ones. */
const MARGIN = 128

/** At most `limit` UTF-16 units of whole graphemes, "…" last where something was cut; "—" for nothing to see. */
export function cut(words: string, limit: number): string {
  return cutTo(words, limit, (safe) => safe.replace(/[\u2028\u2029]/g, '\n'))
}

/** The same on one line. */
export function oneLine(words: string, limit: number): string {
  return cutTo(words, limit, (safe) => safe.replace(/\s+/g, ' ').trim())
}

function cutTo(words: string, limit: number, tidy: (safe: string) => string): string {
  // A megabyte is not looked through for the few hundred characters that are shown.
  const head = words.slice(0, limit + MARGIN)
  const isCut = head.length < words.length
  const safe = tidy(clean(isCut ? head.replace(/[\ud800-\udbff]$/, '') : head))
  if (!isVisible(safe)) return '—'
  if (!isCut && safe.length <= limit) return safe
  // Of a cut head the last sign may go on where it was cut.
  return `${wholeGraphemes(safe, Math.min(limit, safe.length) - 1)}…`
}

/** What Slack may know as the name of an emoji, a company's own ones included; times of day are none. */
const SHORTCODE = /:(?=([^\s:]{1,100}):)/g
const NUMBER = /^(?!100$|1234$)\d+$/

/** One line of plain text. Slack turns ":tada:" into a picture even there; a word joiner keeps it words. */
export function plain(words: string, limit: number): Plain {
  // Before it is cut, because it makes words longer; only what may be shown is looked at.
  const inert = words
    .slice(0, limit * 2 + MARGIN)
    .replace(SHORTCODE, (colon, name: string) => (NUMBER.test(name) ? colon : ':\u2060'))
  return { type: 'plain_text', text: oneLine(inert, limit), emoji: true }
}

/** A run of literal words: what stands in a rich text element is shown as it is. */
export function run(text: string, style?: 'bold'): RichWords {
  return style === 'bold' ? { type: 'text', text, style: { bold: true } } : { type: 'text', text }
}

/** For the one place where Slack reads markup whatever we say: the message's `text`. Cut first, then escaped. */
export function escaped(words: string, limit: number): string {
  for (let room = limit; ; room = Math.max(1, Math.floor(room / 2))) {
    const safe = oneLine(words, room).replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
    if (safe.length <= limit) return safe
  }
}

// ASCII, CJK with its punctuation, and full-width forms: each of these is a grapheme of its own.
const SIMPLE = /^[ -~\u3001-\u3029\u4e00-\u9fff\uff01-\uff5e]*$/

function wholeGraphemes(words: string, room: number): string {
  // Nearly everything; segmenting would take a hundred times as long. The sign after the cut must be simple, too.
  if (SIMPLE.test(words.slice(0, room + 1))) return words.slice(0, room)
  let end = 0
  for (const { segment, index } of segmenter.segment(words)) {
    if (index + segment.length > room) break
    end = index + segment.length
  }
  return words.slice(0, end)
}

/** False for blanks, zero-width and other signs that draw nothing: Slack calls that an empty text. */
function isVisible(words: string): boolean {
  return /[^\s\p{Cf}\p{Cc}\p{M}\u3164\u115f\u1160\u2800]/u.test(words)
}
