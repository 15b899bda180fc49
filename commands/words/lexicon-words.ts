import { ForeshockError } from '../../src/errors.ts'
import { nearest } from '../../src/nearest.ts'
import { clip, text } from '../../src/text.ts'
import type { WordClass } from '../../src/voice/lexicon.ts'
import { termKey } from '../../src/voice/lexicon-changes.ts'

export type LexiconWords =
  | { readonly act: 'list'; readonly like: string; readonly page: number }
  | { readonly act: 'add'; readonly wordClass: WordClass; readonly term: string }
  | { readonly act: 'remove'; readonly term: string }
  | { readonly act: 'test'; readonly sentence: string }

const USAGE = 'lexicon [list | add strong|competitor|negative WORD | remove WORD | test SENTENCE]'
const ACTS = ['list', 'add', 'remove', 'test']
/** Graphemes of a term, and of a sentence to try. */
const SHORTEST = 2
const LONGEST = 40
const LONGEST_SENTENCE = 1_000

const CLASSES: Readonly<Record<string, WordClass>> = {
  strong: 'strong-churn',
  'strong-churn': 'strong-churn',
  churn: 'strong-churn',
  明确要走: 'strong-churn',
  competitor: 'competitor',
  竞品: 'competitor',
  negative: 'strong-negative',
  'strong-negative': 'strong-negative',
  强烈不满: 'strong-negative',
}

/** @throws ForeshockError BAD_INPUT */
export function parseLexicon(words: string): LexiconWords {
  const [, act = 'list', rest = ''] = /^(\S+)\s*([\s\S]*)$/.exec(words.trim()) ?? []
  switch (act.toLowerCase()) {
    case 'list':
      return parseList(rest)
    case 'add':
      return parseAdd(rest)
    case 'remove':
      return { act: 'remove', term: termIn(rest) }
    case 'test':
      return { act: 'test', sentence: sentenceIn(rest) }
    default:
      throw unknownAct(act)
  }
}

function parseList(rest: string): LexiconWords {
  const [, like = '', page] = /^(.*?)(?:(?:^|\s)page\s+(\d{1,4}))?$/is.exec(rest.trim()) ?? []
  return { act: 'list', like: clip(like.trim(), LONGEST), page: Math.max(1, Number(page ?? 1)) }
}

function parseAdd(rest: string): LexiconWords {
  const [, said = '', term = ''] = /^(\S+)\s*([\s\S]*)$/.exec(rest) ?? []
  const wordClass = CLASSES[said.toLowerCase()]
  if (wordClass !== undefined) return { act: 'add', wordClass, term: termIn(term) }
  const near = nearest(said, Object.keys(CLASSES))
  throw new ForeshockError(
    'BAD_INPUT',
    said === ''
      ? text('没写类别和词。', 'Which class, and which word?')
      : text(`没有“${clip(said, 40)}”这一类。`, `There is no class "${clip(said, 40)}".`),
    said === '' || near === null
      ? text(
          '这样写：lexicon add strong 换一家；类别有 strong（明确要走）、competitor（竞品）、negative（强烈不满）。',
          'Write it like this: lexicon add strong going elsewhere. The classes are strong (leaving), competitor and negative (anger).',
        )
      : text(`是不是想输入 lexicon add ${near}？`, `Did you mean lexicon add ${near}?`),
  )
}

/** A term on one line, quotes around it left out. */
function termIn(words: string): string {
  const term = words
    .trim()
    .replace(/^["“「'](.*)["”」']$/s, '$1')
    .replace(/\s+/g, ' ')
    .trim()
  if (term === '') {
    throw new ForeshockError(
      'BAD_INPUT',
      text('没写是哪个词。', 'Which word?'),
      text(`这样写：${USAGE}`, `Write it like this: ${USAGE}`),
    )
  }
  const size = graphemes(termKey(term))
  if (size >= SHORTEST && size <= LONGEST && /[\p{L}\p{N}]/u.test(termKey(term))) return term
  throw new ForeshockError(
    'BAD_INPUT',
    text(`“${clip(term, 40)}”不能作为词条。`, `"${clip(term, 40)}" cannot be a word to listen for.`),
    text(
      `词条要有 ${SHORTEST} 到 ${LONGEST} 个字，不能只有符号。`,
      `It needs ${SHORTEST} to ${LONGEST} characters, letters or digits among them.`,
    ),
  )
}

function sentenceIn(words: string): string {
  const sentence = words.trim()
  if (sentence !== '' && clip(sentence, LONGEST_SENTENCE) === sentence) return sentence
  throw new ForeshockError(
    'BAD_INPUT',
    sentence === ''
      ? text('没写要试的句子。', 'Which sentence?')
      : text('句子太长了。', 'That sentence is too long.'),
    text(
      '这样写：lexicon test 不想退款，只是问问',
      'Write it like this: lexicon test I do not want a refund',
    ),
  )
}

const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' })

function graphemes(words: string): number {
  let count = 0
  // Far beyond what is allowed nobody needs the exact number.
  for (const _ of segmenter.segment(words.slice(0, LONGEST * 20))) count += 1
  return count
}

function unknownAct(act: string): ForeshockError {
  const near = nearest(act, ACTS)
  return new ForeshockError(
    'BAD_INPUT',
    text(`lexicon 没有“${clip(act, 40)}”这个用法。`, `lexicon does not know "${clip(act, 40)}".`),
    near === null
      ? text(`这样写：${USAGE}`, `Write it like this: ${USAGE}`)
      : text(`是不是想输入 lexicon ${near}？`, `Did you mean lexicon ${near}?`),
  )
}
