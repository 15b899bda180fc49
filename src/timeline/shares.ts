import type { NightTold, Shares } from '../risk/told.ts'
import type { Crew } from './crew.ts'
import { indexIn } from './deal.ts'
import type { Everyone } from './everyone.ts'
import type { ShareOfNight } from './tasks.ts'

/** Everyone in shares, a shard each, judged as of an instant by a crew; `spoke`: ids of who said something lately. */
export function sharesOf(
  { deal, shards, since }: Everyone,
  asOf: number,
  spoke: Iterable<string>,
  crew: Crew,
): Shares {
  const shareOfNight = (share: number, told: NightTold): ShareOfNight => {
    const [{ packed }, { shared }] = [shards[share]!, deal.shards[share]!]
    return { packed, since, facts: shared, asOf, places: deal.places[share]!, told }
  }
  return {
    lanes: crew.lanes,
    apart: (besides) => {
      const apart = new Uint8Array(new SharedArrayBuffer(deal.facts.length))
      for (const customers of [spoke, besides]) {
        for (const customer of customers) {
          const index = indexIn(deal, customer)
          if (index !== undefined) apart[index] = 1
        }
      }
      return apart
    },
    judge: (share, told) => crew.run('judge', shareOfNight(share, told)),
    shareOf: (index) => deal.shardAt[index]!,
    nearby: (places) => {
      // Where the next of each share goes.
      const next = new Int32Array(shards.length + 1)
      for (const index of places) next[deal.shardAt[index]! + 1]! += 1
      for (let share = 0; share < shards.length; share += 1) next[share + 1]! += next[share]!
      const found = new Array<number>(places.length)
      for (const index of places) {
        const share = deal.shardAt[index]!
        found[next[share]!] = index
        next[share]! += 1
      }
      return found
    },
    assess: (share, told, asked) => {
      const places = asked.indices.map((index) => deal.placeAt[index]!)
      return crew.run('assess', shareOfNight(share, told), asked, places)
    },
  }
}
