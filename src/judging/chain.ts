import type { Alert } from '../alerts/alert.ts'
import { chainAbove } from '../alerts/chain.ts'
import type { Context } from '../context.ts'
import type { Person } from '../records/person.ts'
import type { CustomerFacts } from '../timeline/history.ts'

/** Who stands above whoever is responsible for a case: its owner, who is asked to take it, or the customer's CSM. */
export function chainOf(
  { people }: Pick<Context, 'people'>,
  alert: Pick<Alert, 'owner' | 'assignee'>,
  customer: Pick<CustomerFacts, 'owner' | 'region'> | null,
): readonly Person[] {
  const responsible = alert.owner ?? alert.assignee ?? customer?.owner ?? null
  return chainAbove(responsible, people.all, customer?.region ?? null)
}
