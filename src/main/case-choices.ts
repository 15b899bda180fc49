import { customerTitle } from '../../templates/names.ts'
import { alertNo, STATE } from '../../templates/words.ts'
import { type Alert, AT_WORK } from '../alerts/alert.ts'
import type { CaseChoice } from '../chat/inbound.ts'
import type { Context } from '../context.ts'
import { seenBy } from '../dispatch.ts'
import type { Person } from '../records/person.ts'

/** As many as a list to choose from holds on any platform. */
const MOST = 100

/** The cases words may belong to: one's own first, then those one is asked to take, then everyone's they see; newest first in each. */
export async function caseChoices(ctx: Context, by: Person): Promise<CaseChoice[]> {
  const { id, locale } = by
  const working = await ctx.store.alerts.list({ states: AT_WORK })
  const customers = await seenBy(ctx, by).store.customers.many(working.map(({ customer }) => customer))
  const all = working.filter(({ customer }) => customers.has(customer))
  const nearest = ({ owner, assignee }: Alert): number => (owner === id ? 0 : assignee === id ? 1 : 2)
  const shown = all.toSorted((a, b) => nearest(a) - nearest(b) || b.no - a.no).slice(0, MOST)
  return shown.map(({ no, customer, state }) => {
    const title = customerTitle(customers.get(customer)!, false, locale)
    return { value: alertNo(no), label: `${alertNo(no)} ${title} · ${STATE[state][locale]}` }
  })
}
