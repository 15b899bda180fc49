import { readVoice, type VoiceReader, type VoiceReading } from './reading.ts'
import { WHY_TEXTS } from './why.ts'

/** What became of a line: the voice read, or in one sentence why not. */
export type Classified =
  | { readonly text: string; readonly reading: VoiceReading; readonly json: string }
  | { readonly error: string; readonly json: string }

/** Longer texts are not voices. */
export const LONGEST_TEXT = 100_000

/**
 * Reads one line of NDJSON, `{"text": ...}` with whatever else. What comes out is the same object, its fields as they
 * were written, with the reading's behind them; a field that is called like one of the reading's stands under `input`. A
 * line that cannot be read becomes `{line, error}`, behind its fields where it has any.
 */
export function classifyLine(line: string, number: number, reader: VoiceReader): Classified {
  const given = objectIn(line)
  if (given === null) {
    const error = 'This line is not a JSON object; write one {"text": ...} a line.'
    return { error, json: JSON.stringify({ line: number, error }) }
  }
  const { text } = given
  const error = faultOf(text)
  if (error !== null) return { error, json: withFields(line, given, { line: number, error }) }
  const voice = text as string
  const reading = readVoice(voice, reader)
  return { text: voice, reading, json: withFields(line, given, fieldsOf(voice, reading)) }
}

function faultOf(text: unknown): string | null {
  if (text === undefined) return 'There is no "text" in this line.'
  if (typeof text !== 'string') return 'The "text" of this line is not a string.'
  if (text.trim() === '') return 'The "text" of this line is empty.'
  if (text.length <= LONGEST_TEXT) return null
  const [long, most] = [text.length, LONGEST_TEXT].map((count) => count.toLocaleString('en'))
  return `The "text" of this line has ${long} characters; a voice has at most ${most}.`
}

function objectIn(line: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Readonly<Record<string, unknown>>)
      : null
  } catch {
    return null
  }
}

/** The fields as the reader of the output finds them. */
function fieldsOf(text: string, reading: VoiceReading): Readonly<Record<string, unknown>> {
  const { wish, urgency, hits, topics, tags } = reading
  return {
    language: reading.language,
    length: reading.length,
    sentiment: rounded(reading.strength),
    label: reading.label,
    confidence: rounded(reading.confidence),
    topics: topics.map(({ topic, strength, label }) => ({ topic, sentiment: rounded(strength), label })),
    tags: tags.map(({ id }) => id),
    hits: hits.map(({ term, class: wordClass, counted, why, span }) => {
      return { term, class: wordClass, counted, why, because: WHY_TEXTS[why].en, span }
    }),
    urgency:
      urgency.why === null
        ? { level: 'none' }
        : { level: urgency.level, why: urgency.why, words: wordsAt(text, urgency.span!) },
    wish: wish === null ? null : { words: wordsAt(text, wish), span: wish },
    competitor: reading.competitor,
    severity: reading.severity,
  }
}

function wordsAt(text: string, span: { readonly start: number; readonly end: number }): string {
  return text.slice(span.start, span.end)
}

function rounded(value: number): number {
  return Math.round(value * 1e4) / 1e4
}

/** Splices fields in behind those of the line, which stay written as they were: a long number keeps its digits. */
function withFields(
  line: string,
  given: Readonly<Record<string, unknown>>,
  fields: Readonly<Record<string, unknown>>,
): string {
  const added = JSON.stringify(fields).slice(1)
  const clashes = Object.keys(fields).some((name) => Object.hasOwn(given, name))
  if (clashes) return `{"input":${line.trim()},${added}`
  const fore = line.trim().slice(0, -1).trimEnd()
  return fore === '{' ? `{${added}` : `${fore},${added}`
}
