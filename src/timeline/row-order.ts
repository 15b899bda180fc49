import type { RowPage } from './rows.ts'
import type { Places } from './texts.ts'

/** A page's rows as numbers alone, which a thread can be handed. */
export interface PageRows
  extends Pick<RowPage, 'length' | 'customer' | 'kinds' | 'kind' | 'at' | 'measures'> {
  /** Dense number of each of the page's customers; NOBODY: not one of those asked about. */
  readonly owners: Int32Array
}

export const NOBODY = -1

/** A row as the order of rows knows it. */
interface Named {
  readonly owner: number
  readonly at: number
  readonly id: string
  /** The customer's id. */
  readonly name: string
}

/**
 * Takes pages of rows ordered by customer, at, id, and gives them as numbers. Throws when a row steps back, also from one
 * page to the next: the order is a promise.
 */
export function inRowOrder(index: Pick<Places, 'get'>): (page: RowPage) => PageRows {
  // The row before, also across pages.
  let before: Named = { owner: NOBODY, at: 0, id: '', name: '' }
  return (page) => {
    const { length, customers, customer, kinds, kind, at, measures } = page
    const owners = Int32Array.from(customers, (id) => index.get(id) ?? NOBODY)
    const named = (row: number): Named => {
      const nth = customer[row]!
      return { owner: owners[nth]!, at: at[row]!, id: page.idOf(row), name: customers[nth]! }
    }
    let last = NOBODY
    let { owner: lastOwner, at: lastAt } = before
    for (let row = 0; row < length; row += 1) {
      const owner = owners[customer[row]!]!
      if (owner === NOBODY) continue
      const instant = at[row]!
      // The id decides only where nothing else does: making it is dear.
      if (owner < lastOwner || (owner === lastOwner && instant <= lastAt)) {
        check(last === NOBODY ? before : named(last), named(row))
      }
      last = row
      lastOwner = owner
      lastAt = instant
    }
    if (last !== NOBODY) before = named(last)
    return { length, customer, kinds, kind, at, measures, owners }
  }
}

function check(before: Named, after: Named): void {
  const step = after.owner - before.owner || after.at - before.at || (after.id < before.id ? -1 : 0)
  if (step >= 0) return
  throw new Error(
    `Timeline rows must come by customer no, at, id: ${after.id} (${after.name}) followed ${before.id} (${before.name}).`,
  )
}
