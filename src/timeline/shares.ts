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
      const byShare = shards.map((): number[] => [])
      for (const index of places) byShare[deal.shardAt[index]!]!.push(index)
      return byShare.flat()
    },
    assess: (share, told, asked) => {
      const places = asked.indices.map((index) => deal.placeAt[index]!)
      return crew.run('assess', shareOfNight(share, told), asked, places)
    },
  }
}
