import { hashOf, hashOfAscii } from './shard-key.ts'

/** Many short texts in one piece of memory: as strings they would be as many objects for the collector to look at. */
export class Texts {
  readonly length: number
  readonly #bytes: Buffer
  /** Where each text begins; one more than there are texts. */
  readonly #starts: Uint32Array

  constructor(bytes: Uint8Array, starts: Uint32Array) {
    this.length = starts.length - 1
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.#starts = starts
  }

  get bytes(): number {
    return this.#bytes.byteLength + this.#starts.byteLength
  }

  /** The same texts for another thread. */
  get shared(): readonly [bytes: Uint8Array, starts: Uint32Array] {
    return [this.#bytes, this.#starts]
  }

  at(place: number): string {
    return this.#bytes.toString('utf8', this.#starts[place]!, this.#starts[place + 1]!)
  }

  /** What `hashOf` gives of the text, which is mostly told without making it. */
  hashAt(place: number): number {
    return hashOfAscii(this.#bytes, this.#starts[place]!, this.#starts[place + 1]!) ?? hashOf(this.at(place))
  }

  /** Bytes of one text. */
  lengthAt(place: number): number {
    return this.#starts[place + 1]! - this.#starts[place]!
  }

  /** Copies one text as it lies in memory; one by one, since so few bytes are not worth a view. */
  copyTo(into: Uint8Array, start: number, place: number): void {
    const from = this.#starts[place]!
    const end = this.#starts[place + 1]!
    for (let at = from, to = start; at < end; at += 1, to += 1) into[to] = this.#bytes[at]!
  }

  isEmpty(place: number): boolean {
    return this.#starts[place] === this.#starts[place + 1]
  }

  is(place: number, text: string): boolean {
    const [from, to] = [this.#starts[place]!, this.#starts[place + 1]!]
    if (to - from !== text.length) return to - from > text.length && this.at(place) === text
    for (let at = 0; at < text.length; at += 1) {
      const code = text.charCodeAt(at)
      // Beyond ASCII a letter takes several bytes.
      if (code !== this.#bytes[from + at] || code > 127) return false
    }
    return true
  }

  /** Whether one of these texts is one of others. */
  isSame(place: number, others: Texts, there: number): boolean {
    const [from, to] = [this.#starts[place]!, this.#starts[place + 1]!]
    const [first, end] = [others.#starts[there]!, others.#starts[there + 1]!]
    if (to - from !== end - first) return false
    for (let at = from, other = first; at < to; at += 1, other += 1)
      if (this.#bytes[at] !== others.#bytes[other]) return false
    return true
  }
}

/** Bytes of most texts: an id, or a few facts. */
const USUAL = 64

/** Collects texts. */
export class TextsBuilder {
  #bytes: Buffer
  #starts: Uint32Array
  #length = 0

  /** @param expected how many there may be */
  constructor(expected = 64) {
    this.#bytes = Buffer.allocUnsafeSlow(expected * USUAL)
    this.#starts = new Uint32Array(expected + 1)
  }

  add(text: string): void {
    // A UTF-16 unit is three bytes at most.
    this.#makeRoom(text.length * 3)
    const start = this.#starts[this.#length]!
    this.#end(start + (text === '' ? 0 : this.#bytes.write(text, start, 'utf8')))
  }

  /** The same text as one that was collected before. */
  copy(from: Texts, place: number): void {
    const length = from.lengthAt(place)
    this.#makeRoom(length)
    const start = this.#starts[this.#length]!
    from.copyTo(this.#bytes, start, place)
    this.#end(start + length)
  }

  /** What was collected until now, as `Texts` take it; it lies where the next are collected. */
  get collected(): { readonly bytes: Uint8Array; readonly starts: Uint32Array } {
    const starts = this.#starts.subarray(0, this.#length + 1)
    return { bytes: new Uint8Array(this.#bytes.buffer, this.#bytes.byteOffset, starts.at(-1)), starts }
  }

  /** Collects anew, in the same room. */
  clear(): void {
    this.#length = 0
  }

  #end(end: number): void {
    this.#length += 1
    this.#starts[this.#length] = end
  }

  #makeRoom(more: number): void {
    const needed = this.#starts[this.#length]! + more
    if (needed > this.#bytes.length) {
      const bytes = Buffer.allocUnsafeSlow(Math.max(needed, this.#bytes.length * 2))
      bytes.set(this.#bytes)
      this.#bytes = bytes
    }
    if (this.#length + 2 > this.#starts.length) {
      const starts = new Uint32Array(this.#starts.length * 2)
      starts.set(this.#starts)
      this.#starts = starts
    }
  }
}

/** Where a text stands among others; a map of the very same would take three times the memory. */
export interface Places {
  readonly size: number
  get(text: string): number | undefined
  /** Makes what finds them now, and not when the first is looked for. */
  prepare(): void
}

/** Finds different texts by a table of numbers, made when the first is looked for. */
export function placesIn(texts: Texts): Places {
  let table: Uint32Array | null = null

  function slotOf(hash: number, slots: number): number {
    // The low bits may be the same for all of a shard; multiplying carries them up.
    return Math.imul(hash, 0x9e3779b1) >>> Math.clz32(slots - 1)
  }

  /** Each slot holds a place + 1; 0: nobody's. Whose slot is taken goes to the next free one. */
  function filled(): Uint32Array {
    let slots = 2
    while (slots < texts.length * 2) slots *= 2
    const own = new Uint32Array(slots)
    for (let place = 0; place < texts.length; place += 1) {
      let slot = slotOf(texts.hashAt(place), slots)
      while (own[slot] !== 0) slot = (slot + 1) & (slots - 1)
      own[slot] = place + 1
    }
    return own
  }

  return {
    size: texts.length,
    prepare: () => {
      table ??= filled()
    },
    get: (text) => {
      table ??= filled()
      for (
        let slot = slotOf(hashOf(text), table.length);
        table[slot] !== 0;
        slot = (slot + 1) & (table.length - 1)
      )
        if (texts.is(table[slot]! - 1, text)) return table[slot]! - 1
      return undefined
    },
  }
}
