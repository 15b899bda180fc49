import { stem } from './stem.ts'
import { lexeme, type Segmenter, type Term, termsOf } from './terms.ts'

/** One thing a search asks for: terms that stand side by side, often a single one. */
export interface Sought {
  readonly terms: readonly string[]
  /** It must not be there. */
  readonly without: boolean
  /** As it was typed. */
  readonly said: string
}

/** Words of a search before they are cut. */
export interface SaidWords {
  readonly words: string
  /** In quotes: side by side, as written. */
  readonly phrase: boolean
  readonly without: boolean
}

/** Words that stand nearly everywhere and mean little by themselves, as terms: not asked for where others are. */
export const EVERYWHERE: ReadonlySet<string> = new Set([
  ...'的了是我你您他她它们也就都和在有啊呀吗嘛呢吧哦么很太真还又再更挺最这那个把被得着过',
  ...'这个 那个 什么 怎么 我们 你们 他们 真的 就是 还是 一个 非常 有点'.split(' '),
  ...'the a an and or of to is it i you we they my your our me for in on was were with that this be are at as by'
    .split(' ')
    .map(stem),
  ...'so too very just really quite do does did have has had what how'.split(' ').map(stem),
])

/** What is looked for, word by word. None where nothing was said but signs. */
export function soughtIn(said: readonly SaidWords[], segmenter: Segmenter): Sought[] {
  const all = said.flatMap(({ words, phrase, without }) =>
    phrase || without ? [asPhrase(words, without, segmenter)] : wordByWord(words, segmenter),
  )
  const told = all.filter(({ terms }) => terms.length > 0)
  const telling = told.filter(({ terms, without }) => without || !EVERYWHERE.has(terms.join('')))
  return telling.some(({ without }) => !without) ? telling : told
}

function asPhrase(words: string, without: boolean, segmenter: Segmenter): Sought {
  const said = words.trim()
  const terms = segmenter.knows(said) ? [said] : sideBySide(termsOf(words, segmenter))
  return { terms, without, said }
}

function wordByWord(words: string, segmenter: Segmenter): Sought[] {
  const terms = termsOf(words, segmenter)
  const found: Sought[] = []
  let place = 0
  for (const { at } of terms) {
    if (at <= place) continue
    // Of the words that begin here the longest is what was meant.
    const here = terms.filter((each) => each.at === at).sort((a, b) => b.end - a.end)
    const longest = here[0]!
    const last = Math.max(...terms.filter(({ end }) => end === longest.end).map((each) => each.at))
    const alone = last === at || segmenter.knows(longest.term)
    found.push({
      terms: alone ? [longest.term] : sideBySide(terms.filter((each) => each.at >= at && each.at <= last)),
      without: false,
      said: words.slice(longest.start, longest.end),
    })
    place = last
  }
  return found
}

/** The shortest term of each place: characters of Chinese, whole words of other scripts. */
function sideBySide(terms: readonly Term[]): string[] {
  const shortest = new Map<number, Term>()
  for (const each of terms) {
    const known = shortest.get(each.at)
    if (known === undefined || each.term.length < known.term.length) shortest.set(each.at, each)
  }
  return [...shortest].sort(([a], [b]) => a - b).map(([, { term }]) => term)
}

/** The search as PostgreSQL writes a `tsquery`; null: nothing is asked for. */
export function queryOf(sought: readonly Sought[]): string | null {
  if (sought.length === 0) return null
  return sought
    .map(({ terms, without }) => `${without ? '!' : ''}(${terms.map(lexeme).join(' <-> ')})`)
    .join(' & ')
}

export interface Span {
  readonly start: number
  readonly end: number
}

/** Where a text says what was looked for, in its own UTF-16 units, first to last; spans neither touch nor overlap. */
export function spansOf(words: string, sought: readonly Sought[], segmenter: Segmenter): Span[] {
  const asked = sought.filter(({ without }) => !without)
  if (asked.length === 0) return []
  const terms = termsOf(words, segmenter)
  const standing = new Map<string, Term>()
  for (const each of terms) standing.set(`${each.at} ${each.term}`, each)
  const spans = terms.flatMap((first): Span[] =>
    asked.flatMap(({ terms: wanted }) => {
      if (first.term !== wanted[0]) return []
      const chain = wanted.map((term, step) => standing.get(`${first.at + step} ${term}`))
      const last = chain.every((each) => each !== undefined) ? chain.at(-1) : undefined
      return last === undefined ? [] : [{ start: first.start, end: last.end }]
    }),
  )
  return merged(spans.sort((a, b) => a.start - b.start || b.end - a.end))
}

function merged(spans: readonly Span[]): Span[] {
  const apart: Span[] = []
  for (const span of spans) {
    const last = apart.at(-1)
    // Words that touch are shown as one.
    if (last === undefined || span.start > last.end) apart.push(span)
    else if (span.end > last.end) apart[apart.length - 1] = { start: last.start, end: span.end }
  }
  return apart
}
