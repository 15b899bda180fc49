import { type Assessment, TIERS, type TierReason } from './assessment.ts'
import type { Gist } from './gist.ts'
import { spare } from './spare.ts'

/** Assessments as they are written, one entry an assessment in each list: threads hand them to each other as they are. */
export interface Written {
  readonly customers: readonly string[]
  /** Instants they were made for, milliseconds. */
  readonly asOf: Float64Array
  /** Places in TIERS. */
  readonly tiers: Uint8Array
  readonly reasons: readonly TierReason[]
  readonly scores: Float64Array
  readonly priorities: Float64Array
  readonly models: readonly string[]
  readonly profiles: readonly string[]
  /** See Gist. */
  readonly standings: Float64Array
  readonly factors: Float64Array
  /** All of each as JSON, one after the other, in UTF-8. */
  readonly bodies: Uint8Array<SharedArrayBuffer>
  /** Where each of these ends. */
  readonly ends: Uint32Array
}

/** Puts assessments down one by one, each at once: kept as objects they would be many. */
export interface Writing {
  add(assessment: Assessment, gist: Gist): void
  end(): Written
}

const encoder = new TextEncoder()
/** Bytes of most assessments. */
const USUAL = 1_500
/** Memory of lists that were given back. Shared, so that a thread can fill it and the collector does not count it. */
const given = spare<Uint8Array<SharedArrayBuffer>>(128)
/** No more than this is kept of one, bytes. */
const LARGEST = 2 ** 19

/** Memory for so many assessments. */
export function memoryOf(rows: number): Uint8Array<SharedArrayBuffer> {
  return given.take() ?? new Uint8Array(new SharedArrayBuffer(rows * USUAL))
}

/** Once nobody looks at a list any more, the next one may have its memory. */
export function giveBack({ bodies: { buffer } }: Written): void {
  if (buffer.byteLength <= LARGEST) given.giveBack(new Uint8Array(buffer))
}

/** @param rows how many there may be */
export function writing(rows: number, memory = memoryOf(rows)): Writing {
  const customers: string[] = []
  const reasons: TierReason[] = []
  const models: string[] = []
  const profiles: string[] = []
  const tiers = new Uint8Array(rows)
  const [asOf, scores, priorities, standings, factors] = Array.from(
    { length: 5 },
    () => new Float64Array(rows),
  ) as [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array]
  const ends = new Uint32Array(rows)
  let bodies = memory
  let end = 0

  function put(body: string): void {
    const { read, written } = encoder.encodeInto(body, bodies.subarray(end))
    if (read === body.length) {
      end += written
      return
    }
    const roomier = new Uint8Array(new SharedArrayBuffer(2 * (bodies.length + body.length)))
    roomier.set(bodies.subarray(0, end))
    bodies = roomier
    put(body)
  }

  return {
    add(assessment, gist) {
      const at = customers.length
      customers.push(assessment.customer)
      reasons.push(assessment.reason)
      models.push(assessment.model)
      profiles.push(assessment.profile)
      asOf[at] = assessment.asOf
      tiers[at] = TIERS.indexOf(assessment.tier)
      scores[at] = assessment.score
      priorities[at] = assessment.priority
      standings[at] = gist.standing
      factors[at] = gist.factors
      put(JSON.stringify(assessment))
      ends[at] = end
    },
    end() {
      const count = customers.length
      return {
        ...{ customers, reasons, models, profiles },
        tiers: tiers.slice(0, count),
        asOf: asOf.slice(0, count),
        scores: scores.slice(0, count),
        priorities: priorities.slice(0, count),
        standings: standings.slice(0, count),
        factors: factors.slice(0, count),
        bodies: bodies.subarray(0, end),
        ends: ends.slice(0, count),
      }
    },
  }
}
