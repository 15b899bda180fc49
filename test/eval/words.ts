import { shippedLexicon, shippedWords } from '../../src/main/shipped.ts'
import { WORD_CLASSES } from '../../src/voice/lexicon.ts'
import { type Figure, figure, type Measurement } from '../figures.ts'
import { failuresOf, LANGUAGES, type Reading, readCase, readCaseBook, scoreOf } from '../voice/case-book.ts'

/** What is asked of each class in the case book. */
export const LEAST = { precision: 0.97, recall: 0.95 }

/**
 * How well the shipped lexicon reads the case book: precision and recall of each class, by language and in all; and beside it sentences
 * that it was not mended on (`fresh`), also by words alone, without what whole sentences say.
 */
export const words: Measurement = async () => {
  const readings = readBook()
  const fresh = readBook('fresh-')
  const byWords = readBook('fresh-', shippedWords())
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
  figures.push(
    figure('words.fresh.sentences', fresh.length, 'sentences'),
    figure('words.fresh.right', 1 - failuresOf(fresh).length / fresh.length, 'ratio'),
    ...scores('fresh', fresh, null),
    ...scores('fresh.by_words', byWords, null),
  )
  return { figures, notes: failuresOf(readings) }
}

/** The case book, or what was kept aside, as the shipped lexicon reads it. */
export function readBook(kept: '' | 'fresh-' = '', lexicon = shippedLexicon([])): Reading[] {
  return readCaseBook(kept).map((one) => readCase(one, lexicon))
}

function scores(part: string, readings: readonly Reading[], least: typeof LEAST | null = LEAST): Figure[] {
  return WORD_CLASSES.flatMap((wordClass) => {
    const { precision, recall, cases } = scoreOf(readings, wordClass)
    const id = `words.${part}.${wordClass}`
    return [
      figure(`${id}.precision`, precision, 'ratio', least && `>=${least.precision}`),
      figure(`${id}.recall`, recall, 'ratio', least && `>=${least.recall}`),
      figure(`${id}.cases`, cases, 'sentences'),
    ]
  })
}
