import { ForeshockError } from '../../src/errors.ts'
import { clip, text } from '../../src/text.ts'
import type { OwnClass, Severity, WordClass } from '../../src/voice/entry.ts'
import type { AddedTerm } from '../../src/voice/lexicon-changes.ts'
import { firstOf, unknownAct } from '../case/act-words.ts'
import { classIn, idIn, noClass, sentenceIn, termIn, USAGE } from './lexicon-parts.ts'

export type LexiconWords =
  | { readonly act: 'list'; readonly like: string; readonly page: number }
  | ({ readonly act: 'add' } & AddedTerm)
  | { readonly act: 'remove'; readonly term: string }
  | { readonly act: 'test'; readonly sentence: string }
  | { readonly act: 'class-add'; readonly own: OwnClass }
  | { readonly act: 'class-remove'; readonly id: string }

const ACTS = ['list', 'add', 'remove', 'test', 'class']
/** Graphemes of a search. */
const LONGEST = 40

/** @throws ForeshockError BAD_INPUT */
export function parseLexicon(words: string): LexiconWords {
  const [act, rest] = firstOf(words.trim())
  switch (act.toLowerCase()) {
    case '':
    case 'list':
      return parseList(rest)
    case 'add':
      return parseAdd(rest)
    case 'remove':
      return { act: 'remove', term: termIn(rest) }
    case 'test':
      return { act: 'test', sentence: sentenceIn(rest) }
    case 'class':
      return parseClass(rest)
    default:
      throw unknownAct('lexicon', USAGE, ACTS, act)
  }
}

function parseList(rest: string): LexiconWords {
  const [, like = '', page] = /^(.*?)(?:(?:^|\s)page\s+(\d{1,4}))?$/is.exec(rest.trim()) ?? []
  return { act: 'list', like: clip(like.trim(), LONGEST), page: Math.max(1, Number(page ?? 1)) }
}

/** `CLASS WORD [= OTHER NAME, OTHER NAME] [severity 1-3]`, or `CLASS pattern:REGEX [severity 1-3]`. */
function parseAdd(rest: string): LexiconWords {
  const [said, all] = firstOf(rest)
  if (said === '') throw noClass('')
  const wordClass = classIn(said)
  const [, words = '', grade] =
    /^([\s\S]*?)(?:\s+(?:severity|级别)\s*[:：]?\s*([1-3]))?$/i.exec(all.trim()) ?? []
  const severity = grade === undefined ? {} : { severity: Number(grade) as Severity }
  const pattern = /^(?:pattern|正则)\s*[:：]\s*(\S[\s\S]*)$/i.exec(words)?.[1]
  if (pattern !== undefined) {
    const source = pattern.trim()
    return { act: 'add', term: termIn(source), class: wordClass, pattern: source, ...severity }
  }
  const [term = '', others] = words.split(/\s+[=＝]\s*|[=＝]\s+/, 2)
  const aliases = (others ?? '').split(/[,，、]/).flatMap((one) => (one.trim() === '' ? [] : [termIn(one)]))
  return {
    act: 'add',
    term: termIn(term),
    class: wordClass,
    ...(aliases.length === 0 ? {} : { aliases }),
    ...severity,
  }
}

/** `add ID 中文名/English name as CLASS`, `remove ID`. */
function parseClass(rest: string): LexiconWords {
  const [act, words] = firstOf(rest)
  if (act.toLowerCase() === 'remove') return { act: 'class-remove', id: idIn(words) }
  const [, id = '', zh = '', en = '', as = ''] =
    /^(\S+)\s+([^/／]+)[/／](.+?)\s+(?:as|算作)\s+(\S+)\s*$/i.exec(words) ?? []
  if (act.toLowerCase() === 'add' && as !== '') {
    const own = { id: idIn(id), zh: clip(zh.trim(), 32), en: clip(en.trim(), 32), as: builtClass(as) }
    return { act: 'class-add', own }
  }
  throw new ForeshockError(
    'BAD_INPUT',
    text('没看懂要建哪一类。', 'Which class should be made?'),
    text(
      '这样写：lexicon class add fees 乱收费/Hidden fees as negative；删除用 lexicon class remove fees',
      'Write it like this: lexicon class add fees 乱收费/Hidden fees as negative. To remove it: lexicon class remove fees',
    ),
  )
}

/** An own class counts as one of the four, never as another own one. */
function builtClass(said: string): WordClass {
  const found = classIn(said)
  const built: readonly string[] = ['strong-churn', 'life-change', 'competitor', 'strong-negative']
  if (built.includes(found)) return found as WordClass
  throw new ForeshockError(
    'BAD_INPUT',
    text(`不能算作“${clip(said, 40)}”。`, `A class cannot count as "${clip(said, 40)}".`),
    text(
      '可以算作 strong、life、competitor 或 negative。',
      'It counts as strong, life, competitor or negative.',
    ),
  )
}
