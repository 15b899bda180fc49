import type { Assessment } from './assessment.ts'
import { gistOf } from './gist.ts'
import { allTaken } from './lanes.ts'
import { isNews, type LastKept } from './last-kept.ts'
import type { Pause } from './pause.ts'
import type { NightTold, Shares } from './told.ts'
import { type Written, writtenOf } from './written.ts'

/** What of a night is worth a row. */
export interface News {
  /** The same places, those of one share next to each other. */
  nearby(places: readonly number[]): readonly number[]
  /** Assessments at these places, as text; without those that turn out to say what was last written. */
  news(places: readonly number[], last: LastKept): Promise<readonly Written[]>
}

/** Where threads make assessments: what they were told. */
export interface Elsewhere {
  readonly shares: Shares
  readonly told: NightTold
}

/** Assessments that one thread makes in one go: some ten milliseconds. */
const PIECE = 200

/** Places of one share among those asked for. */
interface Piece {
  readonly share: number
  readonly nths: readonly number[]
}

export function newsOf(
  assessmentAt: (index: number) => Assessment,
  threads: Elsewhere | null,
  pause: Pause,
): News {
  return {
    nearby: (places) => (threads === null ? places : threads.shares.nearby(places)),
    news: async (places, last) => {
      const found = new Array<Written | null>(places.length).fill(null)
      const here = async (nths: Iterable<number>): Promise<void> => {
        for (const nth of nths) {
          const assessment = assessmentAt(places[nth]!)
          const gist = gistOf(assessment)
          if (isNews(last, places[nth]!, gist)) found[nth] = writtenOf(assessment, gist)
          const rest = pause()
          if (rest !== null) await rest
        }
      }
      if (threads === null) await here(places.keys())
      else {
        const { shares, told } = threads
        const pieces = piecesOf(places, shares)
        const left: number[] = []
        const elsewhere = async ({ share, nths }: Piece): Promise<void> => {
          const asked = askedOf(nths, places, last)
          for (const [at, written] of (await shares.assess(share, told, asked)).entries()) {
            if (written === 'elsewhere') left.push(nths[at]!)
            else found[nths[at]!] = written
          }
        }
        await allTaken(
          pieces.length,
          (piece) => here(pieces[piece]!.nths),
          (piece) => elsewhere(pieces[piece]!),
          shares.lanes,
        )
        await here(left)
      }
      return found.filter((written) => written !== null)
    },
  }
}

function piecesOf(places: readonly number[], shares: Shares): Piece[] {
  const byShare = new Map<number, number[]>()
  for (const [nth, index] of places.entries()) {
    const share = shares.shareOf(index)
    const own = byShare.get(share)
    if (own === undefined) byShare.set(share, [nth])
    else own.push(nth)
  }
  return [...byShare].flatMap(([share, nths]) =>
    Array.from({ length: Math.ceil(nths.length / PIECE) }, (_, at) => ({
      share,
      nths: nths.slice(at * PIECE, (at + 1) * PIECE),
    })),
  )
}

function askedOf(nths: readonly number[], places: readonly number[], last: LastKept) {
  const indices = Int32Array.from(nths, (nth) => places[nth]!)
  return {
    indices,
    standings: Float64Array.from(indices, (index) => last.standings[index]!),
    factors: Float64Array.from(indices, (index) => last.factors[index]!),
  }
}
