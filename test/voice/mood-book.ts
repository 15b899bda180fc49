import { readFileSync } from 'node:fs'
import { LABELS } from '../../src/voice/sentiment-reader.ts'
import type { Example } from '../../src/voice/sentiment-rows.ts'

/** Judged sentences of test/fixtures/moods: those the reader was mended on, and those it was not. */
export type MoodBook = 'mended' | 'fresh'

/** Sentences of a book; `domain` is the language. A line that cannot be read is an error with its place. */
export function readMoodBook(book: MoodBook): Example[] {
  const file = `test/fixtures/moods/${book}.txt`
  const text = readFileSync(new URL(`../fixtures/moods/${book}.txt`, import.meta.url), 'utf8')
  let domain = ''
  return text.split('\n').flatMap((line, at): Example[] => {
    if (line.trim() === '' || line.startsWith('#')) return []
    if (line.startsWith('== ')) {
      domain = line.slice(3, 5)
      return []
    }
    const [said, sentence] = line.split(' | ', 2)
    const label = LABELS.find((one) => one === said)
    if (label === undefined || sentence === undefined)
      throw new Error(`${file}, line ${at + 1}: not "label | sentence".`)
    return [{ text: sentence, label, domain }]
  })
}
