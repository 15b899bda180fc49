import { createHash } from 'node:crypto'

/**
 * Ids for the rows of a file that gives them none: `scope:content:occurrence`. The content names the row, so a row
 * that did not change keeps its id wherever it moves to; equal rows are told apart by counting them.
 */

/** The scope of a file: the first 12 hex digits of the SHA-256 of its relative path. */
export function scopeOf(name: string): string {
  return sha256(name).slice(0, 12)
}

/** Gives each row its id; call once for every row, in file order. Takes 24 bytes of memory a row. */
export function rowIds(scope: string): (content: string) => string {
  const count = counter()
  return (content) => {
    const hash = sha256(content).slice(0, 16)
    return `${scope}:${hash}:${count(hash)}`
  }
}

/**
 * Counts how often a hash came before. An open-addressed table on the first 52 bits, because a Map would take
 * hundreds of bytes a row; two hashes that agree in these bits share a count, which keeps their ids distinct.
 */
function counter(): (hash: string) => number {
  let keys = new Float64Array(1024)
  let counts = new Uint32Array(1024)
  let used = 0
  const placeOf = (key: number, table: Float64Array): number => {
    let place = key % table.length
    while (table[place] !== 0 && table[place] !== key) place = (place + 1) % table.length
    return place
  }
  const grow = () => {
    const wider = new Float64Array(keys.length * 2)
    const carried = new Uint32Array(keys.length * 2)
    for (let index = 0; index < keys.length; index += 1) {
      const key = keys[index]!
      if (key === 0) continue
      const place = placeOf(key, wider)
      wider[place] = key
      carried[place] = counts[index]!
    }
    ;[keys, counts] = [wider, carried]
  }
  return (hash) => {
    if (used * 2 >= keys.length) grow()
    // Zero marks a free place, so no key may be zero.
    const key = Number.parseInt(hash.slice(0, 13), 16) + 1
    const place = placeOf(key, keys)
    if (keys[place] === 0) {
      keys[place] = key
      used += 1
    }
    counts[place]! += 1
    return counts[place]! - 1
  }
}

/** A row known by its content alone: read twice, it is one row. */
export function contentId(cells: readonly string[]): string {
  return sha256(JSON.stringify(cells)).slice(0, 32)
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
