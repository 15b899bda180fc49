import { isWordUnit } from './normalise.ts'

/** One phrase to look for, and what it stands for. */
export interface Phrase<T> {
  readonly words: string
  readonly value: T
}

interface Node<T> {
  readonly next: Map<number, Node<T>>
  phrase: Phrase<T> | null
}

/** Finds the longest phrase that starts at a place. The cost of a place is bounded by the longest phrase. */
export interface Trie<T> {
  longestAt(text: string, start: number): Phrase<T> | null
}

/** Builds a trie; where two phrases are written alike the first one stands. */
export function buildTrie<T>(phrases: readonly Phrase<T>[]): Trie<T> {
  const root: Node<T> = { next: new Map(), phrase: null }
  for (const phrase of phrases) insert(root, phrase)
  return { longestAt: (text, start) => longestAt(root, text, start) }
}

function insert<T>(root: Node<T>, phrase: Phrase<T>): void {
  let node = root
  for (let index = 0; index < phrase.words.length; index += 1) {
    const unit = phrase.words.charCodeAt(index)
    let next = node.next.get(unit)
    if (next === undefined) {
      next = { next: new Map(), phrase: null }
      node.next.set(unit, next)
    }
    node = next
  }
  node.phrase ??= phrase
}

function longestAt<T>(root: Node<T>, text: string, start: number): Phrase<T> | null {
  if (isWordUnit(text[start]) && isWordUnit(text[start - 1])) return null
  let node = root
  let found: Phrase<T> | null = null
  for (let index = start; index < text.length; index += 1) {
    const next = node.next.get(text.charCodeAt(index))
    if (next === undefined) break
    node = next
    const insideWord = isWordUnit(text[index]) && isWordUnit(text[index + 1])
    if (node.phrase !== null && !insideWord) found = node.phrase
  }
  return found
}
