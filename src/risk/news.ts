import type { Assessment } from './assessment.ts'
import type { Gist } from './gist.ts'
import { allTaken } from './lanes.ts'
import { isNews, type LastKept } from './last-kept.ts'
import type { Pause } from './pause.ts'
import type { NightTold, Shares } from './told.ts'
import { memoryOf, type Written, writing } from './written.ts'

/** What of a night is worth a row. */
export interface News {
  /** The same places, those of one share next to each other. */
  nearby(places: readonly number[]): readonly number[]
  /** Assessments at these places, some at a time; without those that turn out to say what was last written. */
  news(places: readonly number[], last: LastKept): Promise<readonly Written[]>
}

/** Where threads make assessments: what they were told. */
export interface Elsewhere {
  readonly shares: Shares
  readonly told: NightTold
}

/** Assessments made and written in one go: some milliseconds of a thread, and of the database. */
const PIECE = 100

/** Places of one share. */
interface Piece {
  readonly share: number
  readonly places: readonly number[]
}

/** What makes assessments of a night. */
export interface Teller {
  /** Everything there is to say of one customer; dear. */
  assessmentAt(index: number): Assessment
  gistOf(index: number, assessment: Assessment): Gist
}

export function newsOf({ assessmentAt, gistOf }: Teller, threads: Elsewhere | null, pause: Pause): News {
  async function made(places: readonly number[], last: LastKept): Promise<Written> {
    const list = writing(places.length)
    for (const index of places) {
      const assessment = assessmentAt(index)
      const gist = gistOf(index, assessment)
      if (isNews(last, index, gist)) list.add(assessment, gist)
      const rest = pause()
      if (rest !== null) await rest
    }
    return list.end()
  }

  async function madeByAll(places: readonly number[], last: LastKept, { shares, told }: Elsewhere) {
    const pieces = piecesOf(places, shares)
    const found: Written[] = []
    const left: number[] = []
    const here = async ({ places }: Piece): Promise<void> => void found.push(await made(places, last))
    const elsewhere = async ({ share, places }: Piece): Promise<void> => {
      const answer = await shares.assess(share, told, askedOf(places, last))
      found.push(answer.written)
      for (const nth of answer.left) left.push(places[nth]!)
    }
    const { lanes } = shares
    await allTaken(
      pieces.length,
      (nth) => here(pieces[nth]!),
      (nth) => elsewhere(pieces[nth]!),
      lanes,
    )
    for (const some of inPieces(left)) found.push(await made(some, last))
    return found
  }

  return {
    nearby: (places) => (threads === null ? places : threads.shares.nearby(places)),
    news: async (places, last) => {
      if (threads !== null) return await madeByAll(places, last, threads)
      const found: Written[] = []
      for (const some of inPieces(places)) found.push(await made(some, last))
      return found
    },
  }
}

function piecesOf(places: readonly number[], shares: Shares): Piece[] {
  const byShare = new Map<number, number[]>()
  for (const index of places) {
    const share = shares.shareOf(index)
    const own = byShare.get(share)
    if (own === undefined) byShare.set(share, [index])
    else own.push(index)
  }
  return [...byShare].flatMap(([share, own]) => inPieces(own).map((places) => ({ share, places })))
}

function inPieces(places: readonly number[]): (readonly number[])[] {
  const count = Math.ceil(places.length / PIECE)
  return Array.from({ length: count }, (_, nth) => places.slice(nth * PIECE, (nth + 1) * PIECE))
}

function askedOf(places: readonly number[], last: LastKept) {
  return {
    indices: Int32Array.from(places),
    standings: Float64Array.from(places, (index) => last.standings[index]!),
    factors: Float64Array.from(places, (index) => last.factors[index]!),
    memory: memoryOf(places.length),
  }
}
