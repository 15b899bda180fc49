import { allTaken } from '../risk/lanes.ts'
import type { Crew } from './crew.ts'

/** Who works: threads, and this one, which would otherwise wait for them. The same crew where there are none. */
export interface Hands {
  readonly crew: Crew
  readonly own: Crew
}

/** Does so many pieces of work, each done by whoever is free: one that takes milliseconds, so that others get their turn. */
export async function together(
  count: number,
  { crew, own }: Hands,
  piece: (nth: number, crew: Crew) => Promise<void>,
): Promise<void> {
  const here = (nth: number) => piece(nth, own)
  if (crew === own) for (let nth = 0; nth < count; nth += 1) await here(nth)
  else await allTaken(count, here, (nth) => piece(nth, crew), crew.lanes)
}
