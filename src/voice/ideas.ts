import type { WishedFor } from './found.ts'
import { EVERYWHERE } from './sought.ts'
import { type Segmenter, termsOf } from './terms.ts'

/** Wishes for the same thing. */
export interface Idea {
  /** The newest of them. */
  readonly example: WishedFor
  readonly voices: number
  /** Those known by name, and each voice whose customer is not known. */
  readonly customers: number
  /** LTV of those whose it is known for, minor units; null: of none. */
  readonly ltvMinor: number | null
  /** Customers times what one is worth: those of unknown value count as the middle one of the others. */
  readonly weight: number
}

/** Two wishes are for the same thing where so much of what they name is the same. */
const ALIKE = 0.5
/** What wishes are made of, whatever they are for. */
const WISHING = new Set([
  ...'希望 建议 能够 可以 能不能 可不可以 要是 如果 假如 就好了 好了 更好 增加 支持 提供 最好 期待 什么 时候 什么时候 你们'.split(
    ' ',
  ),
  ...[
    'wish',
    'hope',
    'would',
    'could',
    'can',
    'pleas',
    'please',
    'add',
    'suggest',
    'suggestion',
    'there',
    'were',
  ],
  ...[
    'if',
    'great',
    'nice',
    'better',
    'love',
    'see',
    'consider',
    'like',
    'had',
    'have',
    'only',
    'more',
    'want',
  ],
])

/**
 * Wishes put together by what they name, the weightiest first.
 *
 * @param wishes the newest first
 */
export function ideasIn(wishes: readonly WishedFor[], segmenter: Segmenter): Idea[] {
  const groups: { readonly words: ReadonlySet<string>; readonly wishes: WishedFor[] }[] = []
  const byWord = new Map<string, number[]>()
  for (const wish of wishes) {
    const words = namedIn(wish.wish, segmenter)
    const near = new Set([...words].flatMap((word) => byWord.get(word) ?? []))
    const own = [...near].find((at) => likeness(words, groups[at]!.words) >= ALIKE)
    if (own !== undefined) {
      groups[own]!.wishes.push(wish)
      continue
    }
    for (const word of words) byWord.set(word, [...(byWord.get(word) ?? []), groups.length])
    groups.push({ words, wishes: [wish] })
  }
  const usual = middleValue(wishes)
  return groups
    .map((group) => ideaOf(group.wishes, usual))
    .sort((a, b) => b.weight - a.weight || b.voices - a.voices || b.example.no - a.example.no)
}

/** Words of one character, and those every wish has, name nothing; where there are no others they must do. */
function namedIn(wish: string, segmenter: Segmenter): Set<string> {
  const all = [...new Set(termsOf(wish, segmenter).map(({ term }) => term))]
  const named = all.filter((term) => term.length > 1 && !EVERYWHERE.has(term) && !WISHING.has(term))
  return new Set(named.length > 0 ? named : all)
}

/** The share of the words of both that both have. */
function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let both = 0
  for (const word of a) if (b.has(word)) both += 1
  return both / (a.size + b.size - both)
}

function ideaOf(wishes: readonly WishedFor[], usual: number): Idea {
  const values = new Map<string, number | null>()
  for (const { customer, no, ltvMinor } of wishes) values.set(customer ?? `V-${no}`, ltvMinor)
  const known = [...values.values()].filter((value) => value !== null)
  const sum = known.reduce((total, value) => total + value, 0)
  return {
    example: wishes[0]!,
    voices: wishes.length,
    customers: values.size,
    ltvMinor: known.length === 0 ? null : sum,
    weight: sum + (values.size - known.length) * usual,
  }
}

/** Of the customers whose value is known; 1 where it is of none, so that heads are counted. */
function middleValue(wishes: readonly WishedFor[]): number {
  const known = new Map(wishes.map(({ customer, ltvMinor }) => [customer, ltvMinor]))
  const values = [...known.values()].filter((value) => value !== null && value > 0).sort((a, b) => a! - b!)
  return values[Math.floor(values.length / 2)] ?? 1
}
