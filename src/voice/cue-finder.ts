import { FOLDS, UNITS, WORD } from './cue-units.ts'
import { openText } from './open-text.ts'

/** A phrase to look for, folded, and the number its finder knows it by. Of several of a kind only the longest counts. */
export interface Sought {
  readonly words: string
  readonly value: number
  /** 0..7 */
  readonly kind: number
}

/** What was found in a text, in the order it ends: `values[i]` at `[starts[i], ends[i])`. Good until the next scan. */
export interface Found {
  count: number
  starts: Int32Array
  ends: Int32Array
  values: Int32Array
}

export interface Finder {
  /**
   * Finds every phrase in one pass (Aho-Corasick), whole words only in scripts that have them; one inside a longer one
   * of its kind is left out. Linear in the text, and nothing is allocated for it.
   */
  scan(text: string): Found
}

interface Node {
  readonly next: Map<number, number>
  readonly phrases: number[]
}

/** Builds the finder; where two phrases of a kind are written alike the first one stands. */
export function buildFinder(sought: readonly Sought[]): Finder {
  const alphabet = new Map<number, number>()
  const nodes: Node[] = [{ next: new Map(), phrases: [] }]
  for (const [index, { words, kind }] of sought.entries()) {
    const node = nodes[insert(nodes, alphabet, words)]!
    if (words !== '' && !node.phrases.some((other) => sought[other]!.kind === kind)) node.phrases.push(index)
  }
  return openScan(pack(nodes, sought, alphabet))
}

function insert(nodes: Node[], alphabet: Map<number, number>, words: string): number {
  let at = 0
  for (let index = 0; index < words.length; index += 1) {
    const code = words.charCodeAt(index)
    const letter = alphabet.get(code) ?? alphabet.size + 1
    alphabet.set(code, letter)
    let next = nodes[at]!.next.get(letter)
    if (next === undefined) {
      next = nodes.push({ next: new Map(), phrases: [] }) - 1
      nodes[at]!.next.set(letter, next)
    }
    at = next
  }
  return at
}

/** The phrases as arrays of whole numbers: steps in a hash table, the rest by state. */
interface Packed {
  readonly letters: Uint16Array
  readonly width: number
  readonly keys: Int32Array
  readonly targets: Int32Array
  readonly mask: number
  readonly first: Int32Array
  readonly fail: Int32Array
  /** The nearest state, this one or a suffix of it, in which phrases end; 0: none. */
  readonly output: Int32Array
  /** Phrases that end in a state: from `from[state]` to `from[state + 1]`. */
  readonly from: Int32Array
  readonly phrases: Int32Array
  readonly sought: readonly Sought[]
}

function pack(nodes: readonly Node[], sought: readonly Sought[], alphabet: Map<number, number>): Packed {
  const width = alphabet.size + 1
  let size = 16
  while (size < nodes.length * 4) size *= 2
  const [keys, targets] = [new Int32Array(size).fill(-1), new Int32Array(size)]
  const first = new Int32Array(width)
  for (const [state, { next }] of nodes.entries()) {
    for (const [letter, target] of next) {
      if (state === 0) first[letter] = target
      else put(keys, targets, state * width + letter, target)
    }
  }
  const { fail, output } = links(nodes)
  const from = new Int32Array(nodes.length + 1)
  for (const [state, { phrases }] of nodes.entries()) from[state + 1] = from[state]! + phrases.length
  const phrases = Int32Array.from(nodes.flatMap((node) => node.phrases))
  const letters = new Uint16Array(0x10000)
  for (let code = 0; code < 0x10000; code += 1) letters[code] = alphabet.get(FOLDS[code]!) ?? 0
  return { letters, width, keys, targets, mask: size - 1, first, fail, output, from, phrases, sought }
}

function put(keys: Int32Array, targets: Int32Array, key: number, target: number): void {
  let slot = slotOf(key, keys.length - 1)
  while (keys[slot] !== -1) slot = (slot + 1) & (keys.length - 1)
  keys[slot] = key
  targets[slot] = target
}

function slotOf(key: number, mask: number): number {
  return (Math.imul(key, 0x9e3779b1) >>> 15) & mask
}

/** Where to go on when a phrase breaks off: the longest suffix that begins another; breadth first. */
function links(nodes: readonly Node[]): { fail: Int32Array; output: Int32Array } {
  const fail = new Int32Array(nodes.length)
  const output = new Int32Array(nodes.length)
  const queue = [0]
  for (const state of queue) {
    output[state] = nodes[state]!.phrases.length > 0 ? state : output[fail[state]!]!
    for (const [letter, target] of nodes[state]!.next) {
      let suffix = fail[state]!
      while (suffix !== 0 && !nodes[suffix]!.next.has(letter)) suffix = fail[suffix]!
      fail[target] = state === 0 ? 0 : (nodes[suffix]!.next.get(letter) ?? 0)
      queue.push(target)
    }
  }
  return { fail, output }
}

function openScan(packed: Packed): Finder {
  const { letters, width, keys, targets, mask, first, fail, output, from, phrases, sought } = packed
  const lengths = Int32Array.from(sought, ({ words }) => words.length)
  const values = Int32Array.from(sought, ({ value }) => value)
  const kinds = Uint8Array.from(sought, ({ kind }) => kind)
  const found: Found = {
    count: 0,
    starts: new Int32Array(64),
    ends: new Int32Array(64),
    values: new Int32Array(64),
  }
  let foundKinds = new Uint8Array(64)
  const least = new Int32Array(8)

  function step(from: number, letter: number): number {
    let state = from
    while (state !== 0) {
      const key = state * width + letter
      for (let slot = slotOf(key, mask); ; slot = (slot + 1) & mask) {
        const held = keys[slot]!
        if (held === key) return targets[slot]!
        if (held === -1) break
      }
      state = fail[state]!
    }
    return first[letter]!
  }

  /** Takes what ends here, per kind the longest that stands as whole words. */
  function take(units: Uint16Array, length: number, state: number, end: number): void {
    if (end < length && isInsideWord(units, end)) return
    let taken = 0
    for (let at = output[state]!; at !== 0; at = output[fail[at]!]!) {
      for (let index = from[at]!; index < from[at + 1]!; index += 1) {
        const phrase = phrases[index]!
        const kind = kinds[phrase]!
        const start = end - lengths[phrase]!
        if ((taken & (1 << kind)) !== 0 || (start > 0 && isInsideWord(units, start))) continue
        taken |= 1 << kind
        if (found.count === found.starts.length) grow()
        found.starts[found.count] = start
        found.ends[found.count] = end
        found.values[found.count] = values[phrase]!
        foundKinds[found.count] = kind
        found.count += 1
      }
    }
  }

  function grow(): void {
    const size = found.starts.length * 2
    const grown = (old: Int32Array): Int32Array => {
      const array = new Int32Array(size)
      array.set(old)
      return array
    }
    found.starts = grown(found.starts)
    found.ends = grown(found.ends)
    found.values = grown(found.values)
    const more = new Uint8Array(size)
    more.set(foundKinds)
    foundKinds = more
  }

  /** Looked at from the end, a phrase lies inside a later one exactly when that one begins no later. */
  function dropInner(): void {
    least.fill(0x7fffffff)
    let kept = found.count
    for (let index = found.count - 1; index >= 0; index -= 1) {
      const start = found.starts[index]!
      const kind = foundKinds[index]!
      if (start >= least[kind]!) continue
      least[kind] = start
      kept -= 1
      found.starts[kept] = start
      found.ends[kept] = found.ends[index]!
      found.values[kept] = found.values[index]!
    }
    if (kept > 0) shift(kept)
  }

  function shift(by: number): void {
    found.count -= by
    for (const array of [found.starts, found.ends, found.values]) {
      array.copyWithin(0, by, by + found.count)
    }
  }

  return {
    scan: (text) => {
      const { raw, length } = openText(text)
      found.count = 0
      let state = 0
      let inWord = false
      for (let index = 0; index < length; index += 1) {
        const code = raw[index]!
        const letter = letters[code]!
        const word = (UNITS[code]! & WORD) !== 0
        // Nothing begins inside a word of Latin letters.
        if (letter === 0 || (state === 0 && inWord && word)) state = 0
        else state = state === 0 ? first[letter]! : step(state, letter)
        inWord = word
        if (output[state] !== 0) take(raw, length, state, index + 1)
      }
      if (found.count > 1) dropInner()
      return found
    },
  }
}

/** True when a place has letters or digits on both sides. */
function isInsideWord(units: Uint16Array, index: number): boolean {
  return (UNITS[units[index - 1]!]! & UNITS[units[index]!]! & WORD) !== 0
}
