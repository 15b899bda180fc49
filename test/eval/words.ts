import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { LEXICONS } from '../../src/paths.ts'
import { loadLexicon, WORD_CLASSES } from '../../src/voice/lexicon.ts'
import { type Figure, figure, type Measurement } from '../figures.ts'
import { failuresOf, LANGUAGES, type Reading, readCase, readCaseBook, scoreOf } from '../voice/case-book.ts'

export const LEAST_PRECISION = 0.97
export const LEAST_RECALL = 0.95

/** How well the shipped lexicon reads the case book: precision and recall of each class, by language and in all. */
export const words: Measurement = async () => {
  const readings = readBook()
  const figures = [
    figure('words.sentences', readings.length, 'sentences', '>=600'),
    figure('words.traps', readings.filter((one) => one.case.expected.size === 0).length, 'sentences'),
    ...scores('all', readings),
    ...LANGUAGES.flatMap((language) =>
      scores(
        language,
        readings.filter((one) => one.case.language === language),
      ),
    ),
  ]
  return { figures, notes: failuresOf(readings) }
}

/** The case book as the shipped lexicon reads it. */
export function readBook(): Reading[] {
  const file = join(LEXICONS, 'churn.yaml')
  const lexicon = loadLexicon(readFileSync(file, 'utf8'), file)
  return readCaseBook().map((one) => readCase(one, lexicon))
}

function scores(part: string, readings: readonly Reading[]): Figure[] {
  return WORD_CLASSES.flatMap((wordClass) => {
    const { precision, recall, cases } = scoreOf(readings, wordClass)
    const id = `words.${part}.${wordClass}`
    return [
      figure(`${id}.precision`, precision, 'ratio', `>=${LEAST_PRECISION}`),
      figure(`${id}.recall`, recall, 'ratio', `>=${LEAST_RECALL}`),
      figure(`${id}.cases`, cases, 'sentences'),
    ]
  })
}
