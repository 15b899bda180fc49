/** Digests remembered by the words they are of, one word after the other: looking one up puts no text together. */
export class KnownDigests {
  #root = new Branch()
  #size = 0

  /** The digest of these words, worked out the first time. */
  of(words: readonly string[], workOut: () => number): number {
    let branch = this.#root
    for (let at = 0; at < words.length; at += 1) {
      const next = branch.next.get(words[at]!)
      if (next === undefined) return this.#remember(words, workOut())
      branch = next
    }
    return Number.isNaN(branch.digest) ? this.#remember(words, workOut()) : branch.digest
  }

  #remember(words: readonly string[], digest: number): number {
    if (this.#size > MOST) {
      this.#root = new Branch()
      this.#size = 0
    }
    let branch = this.#root
    for (const word of words) {
      let next = branch.next.get(word)
      if (next === undefined) {
        next = new Branch()
        branch.next.set(word, next)
        this.#size += 1
      }
      branch = next
    }
    branch.digest = digest
    return digest
  }
}

/** Of a company's customers a few thousand are different. */
const MOST = 50_000

class Branch {
  readonly next = new Map<string, Branch>()
  digest = Number.NaN
}
