import { uuidOf } from '../ids.ts'
import type { Customer } from '../timeline/history.ts'
import type { Db } from './rows.ts'

/** Something a colleague overheard a customer say. */
export interface HeardVoice {
  readonly customer: Pick<Customer, 'id' | 'site' | 'product'>
  /** Person id of who passed it on. */
  readonly by: string
  /** The same request writes one row. */
  readonly request: string
  readonly at: Date
  readonly text: string
}

export interface HeardTable {
  /** Keeps the voice; false when this very request did so before. */
  add(voice: HeardVoice): Promise<boolean>
}

const HEARD = 'heard'

export function heardTable(db: Db): HeardTable {
  return {
    add: async ({ customer, by, request, at, text }) => {
      // Who passed it on is kept in the row's id at its source.
      const sourceId = `${by}:${request}`
      const { count } = await db.feedback.createMany({
        data: [
          {
            id: uuidOf(HEARD, sourceId),
            source: HEARD,
            sourceId,
            customer: customer.id,
            at,
            channel: HEARD,
            text,
            site: customer.site,
            product: customer.product,
          },
        ],
        skipDuplicates: true,
      })
      return count === 1
    },
  }
}
