import { roomFor, sharedRoomFor } from '../features/memory.ts'
import { TIERS } from './assessment.ts'

/** What a night keeps of everyone, customer i of the snapshot; in numbers, for there may be a million. */
export interface Marks {
  readonly scores: Float64Array
  readonly priorities: Float64Array
  /** Places in TIERS. */
  readonly tiers: Uint8Array
  /** See Gist; NaN: told when someone asks. */
  readonly standings: Float64Array
  /** See Gist; NaN where only explaining the model tells them. */
  readonly factors: Float64Array
}

/** Marks of nobody judged yet, in shared memory where threads are to judge. */
export function marksOf(size: number, isShared: boolean): Marks {
  const room = isShared ? sharedRoomFor : roomFor
  const numbers = () => room(Float64Array, size)
  return {
    scores: numbers(),
    priorities: numbers(),
    tiers: room(Uint8Array, size).fill(TIERS.indexOf('routine')),
    standings: numbers().fill(Number.NaN),
    factors: numbers(),
  }
}
