import { ForeshockError } from '../../src/errors.ts'
import { nearest, suggestion } from '../../src/nearest.ts'
import { ownValue } from '../../src/own-value.ts'
import { clip, text } from '../../src/text.ts'
import type { OwnClass, WordClass } from '../../src/voice/entry.ts'
import { termKey } from '../../src/voice/lexicon-changes.ts'
import { writeLike } from '../../templates/usage.ts'

export const USAGE =
  'lexicon [list | add CLASS WORD [= OTHER, OTHER] [severity 1-3] | add CLASS pattern:REGEX | remove WORD | test SENTENCE | class add ID 中文/English as CLASS]'
/** Graphemes of a term, and of a sentence to try. */
const SHORTEST = 2
const LONGEST = 40
const LONGEST_SENTENCE = 1_000

/** What people call the four classes. */
export const CLASSES: Readonly<Record<string, WordClass>> = {
  strong: 'strong-churn',
  'strong-churn': 'strong-churn',
  churn: 'strong-churn',
  明确要走: 'strong-churn',
  life: 'life-change',
  'life-change': 'life-change',
  生活有变化: 'life-change',
  competitor: 'competitor',
  竞品: 'competitor',
  negative: 'strong-negative',
  'strong-negative': 'strong-negative',
  强烈不满: 'strong-negative',
}

/** One of the four, or what may be the id of an own class. */
export function classIn(said: string): string {
  const id = said.toLowerCase()
  return ownValue(CLASSES, id) ?? id
}

/** There is no such class; `own` are those made from chat. */
export function noClass(said: string, own: readonly OwnClass[] = []): ForeshockError {
  const near = nearest(said, [...Object.keys(CLASSES), ...own.map(({ id }) => id)])
  return new ForeshockError(
    'BAD_INPUT',
    said === ''
      ? text('没写类别和词。', 'Which class, and which word?')
      : text(`没有“${clip(said, 40)}”这一类。`, `There is no class "${clip(said, 40)}".`),
    said === '' || near === null
      ? text(
          '这样写：lexicon add strong 换一家；类别有 strong（明确要走）、life（生活有变化）、competitor（竞品）、negative（强烈不满），也可以用 lexicon class add 自己建。',
          'Write it like this: lexicon add strong going elsewhere. The classes are strong (leaving), life, competitor and negative (anger); lexicon class add makes your own.',
        )
      : suggestion(`lexicon add ${near}`),
  )
}

/** The short name of an own class. */
export function idIn(words: string): string {
  const id = words.trim().toLowerCase()
  if (/^[\p{L}\p{N}][\p{L}\p{N}_-]{0,31}$/u.test(id) && ownValue(CLASSES, id) === undefined) return id
  throw new ForeshockError(
    'BAD_INPUT',
    text(
      `“${clip(words.trim(), 40)}”不能作为类别的代号。`,
      `"${clip(words.trim(), 40)}" cannot be a class's short name.`,
    ),
    text(
      '代号是一个词，最多 32 个字，只用字母、数字、汉字和连字符，也不能和自带的类别重名。',
      'It is one word of at most 32 letters, digits or hyphens, and none of the built-in classes.',
    ),
  )
}

/** A term on one line, quotes around it left out. */
export function termIn(words: string): string {
  const term = words
    .trim()
    .replace(/^["“「'](.*)["”」']$/s, '$1')
    .replace(/\s+/g, ' ')
    .trim()
  if (term === '') {
    throw new ForeshockError('BAD_INPUT', text('没写是哪个词。', 'Which word?'), writeLike(USAGE))
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

export function sentenceIn(words: string): string {
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
