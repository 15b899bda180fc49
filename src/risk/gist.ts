import type { Evidence, Reading } from '../signals/signal.ts'
import type { Assessment, Factor } from './assessment.ts'
import { digest } from './digest.ts'
import { KnownDigests } from './known-digests.ts'
import type { Marks } from './marks.ts'
import { pieceOf } from './mute.ts'

/**
 * Digests of what makes an assessment news, 53 bits each: two assessments with the same digests say the same of the
 * customer. Numbers that merely drift by a day are in neither.
 */
export interface Gist {
  /** Of tier, reason, signals, step on the way out and operating layer. */
  readonly standing: number
  /** Of which factors there are and which way they point. */
  readonly factors: number
}

/** What of an assessment its standing is told from. */
export interface Standpoint extends Pick<Assessment, 'tier' | 'reason' | 'readings'> {
  /** Name of the step on the way out; null: none can be seen; undefined: not told. */
  readonly stage: string | null | undefined
  /** Name of the operating layer; undefined: not told. */
  readonly layer: string | undefined
}

export function gistOf(assessment: Assessment): Gist {
  const { tier, reason, readings, stage, segments, factors } = assessment
  const named = stage === undefined || stage === null ? stage : stage.name
  return {
    standing: standingDigest({ tier, reason, readings, stage: named, layer: segments?.layer }),
    factors: factorsDigest(factors),
  }
}

/** The same, where a night has told it already: what it has not (NaN) is told of the assessment. */
export function gistFrom(
  { standings, factors }: Pick<Marks, 'standings' | 'factors'>,
  index: number,
  assessment: Assessment,
): Gist {
  const gist = { standing: standings[index]!, factors: factors[index]! }
  return Number.isNaN(gist.standing) || Number.isNaN(gist.factors) ? gistOf(assessment) : gist
}

export function standingDigest(of: Standpoint): number {
  const words = wordsOf(of)
  return words === null ? standingOf(of) : standings.of(words, () => standingOf(of))
}

function standingOf({ tier, reason, readings, stage, layer }: Standpoint): number {
  return digest(
    [
      tier,
      reason,
      stage ?? (stage === null ? '-' : '?'),
      layer ?? '?',
      ...sorted(evidenceKeys(readings)),
    ].join('\n'),
  )
}

export function factorsDigest(factors: readonly Pick<Factor, 'feature' | 'direction'>[]): number {
  const words: string[] = []
  for (const { feature, direction } of factors) words.push(feature, direction)
  return allFactors.of(words, () => digest(sorted(factorKeys(factors)).join('\n')))
}

const standings = new KnownDigests()
const allFactors = new KnownDigests()

/** What a standing is told by, as it comes; null where voices are named: of those no two customers have the same. */
function wordsOf({ tier, reason, readings, stage, layer }: Standpoint): string[] | null {
  const words = [tier, reason, stage ?? (stage === null ? '-' : '?'), layer ?? '?']
  for (const { signal, fired, strong, held, evidence } of readings) {
    if (held !== undefined) words.push(signal, 'held')
    if (!fired) continue
    words.push(signal, strong ? 'strong' : 'fired')
    for (const piece of evidence) {
      if (piece.kind === 'quote' || piece.kind === 'emotion') return null
      words.push(piece.kind, pieceOf(piece), piece.kind === 'change' ? piece.how : '')
    }
  }
  return words
}

/** What signals rest on, told without the dates and numbers that drift by themselves. */
export function evidenceKeys(readings: readonly Reading[]): Set<string> {
  const keys = new Set<string>()
  for (const { signal, fired, strong, held, evidence } of readings) {
    if (held !== undefined) keys.add(`${signal}:held`)
    if (!fired) continue
    keys.add(`${signal}:${strong ? 'strong' : 'fired'}`)
    for (const piece of evidence) keys.add(`${signal}:${keyOf(piece)}`)
  }
  return keys
}

function keyOf(piece: Evidence): string {
  if (piece.kind === 'quote') return `${piece.voice}:${piece.wordClass}`
  if (piece.kind === 'change') return `${piece.feature}:${piece.how}`
  if (piece.kind === 'emotion') return `${piece.voice}:${piece.fan ? 'fan' : 'mood'}`
  return pieceOf(piece)
}

/** Which factors, and which way they point; their order and shares drift. */
export function factorKeys(factors: readonly Pick<Factor, 'feature' | 'direction'>[]): Set<string> {
  return new Set(factors.map(({ feature, direction }) => `${feature}:${direction}`))
}

function sorted(keys: ReadonlySet<string>): string[] {
  return keys.size < 2 ? [...keys] : [...keys].sort()
}
