export type PeerName = 'xgboost' | 'hist' | 'forest'
export type Who = 'ours' | PeerName

/** One training: seconds, making bins included, and how well later rows are ranked. */
export interface Run {
  readonly cpu: number
  readonly wall: number
  readonly auc: number
  /** Ours only: a digest of the model. */
  readonly bytes?: string
}

/** Runs of each contestant. */
export class Results {
  readonly #runs = new Map<Who, Run[]>()

  add(who: Who, run: Run): void {
    this.#runs.set(who, [...this.of(who), run])
  }

  of(who: Who): readonly Run[] {
    return this.#runs.get(who) ?? []
  }

  /** Median of `top` through median of `bottom`; NaN when one is missing. */
  ratio(of: 'cpu' | 'wall', top: Who, bottom: Who): number {
    return this.median(of, top) / this.median(of, bottom)
  }

  median(of: 'cpu' | 'wall', who: Who): number {
    const sorted = this.of(who)
      .map((run) => run[of])
      .sort((a, b) => a - b)
    return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
  }

  /** Mean AUC. */
  mean(who: Who): number {
    const runs = this.of(who)
    return runs.reduce((sum, run) => sum + run.auc, 0) / runs.length
  }
}
