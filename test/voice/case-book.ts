import { readFileSync } from 'node:fs'
import type { Hit } from '../../src/voice/hit.ts'
import type { Lexicon, WordClass } from '../../src/voice/lexicon.ts'
import { WORD_CLASSES } from '../../src/voice/lexicon.ts'
import { readWords } from '../../src/voice/words.ts'

export const LANGUAGES = ['zh', 'en'] as const
export type Language = (typeof LANGUAGES)[number]

/** A sentence of the case book, and the classes that count in it. */
export interface Case {
  readonly language: Language
  /** The heading it stands under: "said: competitor", "trap: negated". */
  readonly heading: string
  readonly sentence: string
  readonly expected: ReadonlySet<WordClass>
}

const SHORT: Readonly<Record<string, WordClass>> = {
  strong: 'strong-churn',
  life: 'life-change',
  competitor: 'competitor',
  negative: 'strong-negative',
}

/**
 * The case book, test/fixtures/words/zh.txt and en.txt, or the sentences kept aside, fresh-zh.txt and fresh-en.txt. A line that
 * cannot be read is an error with its place.
 */
export function readCaseBook(kept: '' | 'fresh-' = ''): Case[] {
  return LANGUAGES.flatMap((language) => {
    const name = `${kept}${language}.txt`
    return readCases(
      readFileSync(new URL(`../fixtures/words/${name}`, import.meta.url), 'utf8'),
      language,
      name,
    )
  })
}

export function readCases(text: string, language: Language, name = `${language}.txt`): Case[] {
  let heading = ''
  return text.split('\n').flatMap((line, at) => {
    if (line.trim() === '' || line.startsWith('#')) return []
    if (line.startsWith('== ')) {
      heading = line.slice(3).trim()
      return []
    }
    const [, marks, sentence] = /^([a-z -]+?) \| (.+)$/.exec(line) ?? []
    const classes = marks?.split(' ').map((mark) => (mark === '-' ? null : SHORT[mark]))
    if (sentence === undefined || classes === undefined || classes.includes(undefined))
      throw new Error(`test/fixtures/words/${name}, line ${at + 1}: not "classes | sentence".`)
    const expected = new Set(classes.filter((each): each is WordClass => typeof each === 'string'))
    return [{ language, heading, sentence, expected }]
  })
}

/** How a case went: the classes that counted, and the hits behind them. */
export interface Reading {
  readonly case: Case
  readonly got: ReadonlySet<WordClass>
  readonly hits: readonly Hit[]
}

export function readCase(one: Case, lexicon: Lexicon): Reading {
  const hits = readWords(one.sentence, lexicon)
  return { case: one, hits, got: new Set(hits.filter((hit) => hit.counted).map((hit) => hit.class)) }
}

export interface Score {
  readonly precision: number
  readonly recall: number
  /** Sentences in which the class is expected. */
  readonly cases: number
}

/** Precision and recall of a class: of the sentences it counted in, and of those it should have. */
export function scoreOf(readings: readonly Reading[], wordClass: WordClass): Score {
  const expected = readings.filter((reading) => reading.case.expected.has(wordClass)).length
  const got = readings.filter((reading) => reading.got.has(wordClass)).length
  const right = readings.filter(
    (reading) => reading.got.has(wordClass) && reading.case.expected.has(wordClass),
  ).length
  return {
    precision: got === 0 ? 1 : right / got,
    recall: expected === 0 ? 1 : right / expected,
    cases: expected,
  }
}

/** The readings that differ from what is expected, as lines of "sentence: expected, got". */
export function failuresOf(readings: readonly Reading[]): string[] {
  return readings
    .filter(({ case: { expected }, got }) =>
      WORD_CLASSES.some((each) => got.has(each) !== expected.has(each)),
    )
    .map(({ case: { heading, sentence, expected }, got, hits }) => {
      const why = hits.map((hit) => `${hit.term}:${hit.why}`).join(' ')
      return `${heading} | ${sentence} | expected ${named(expected)} | got ${named(got)} | ${why}`
    })
}

function named(classes: ReadonlySet<WordClass>): string {
  return [...classes].join(' ') || '-'
}
