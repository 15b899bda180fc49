import type { Tonight } from '../../src/alerts/plan.ts'
import { type Assessment, TIERS } from '../../src/risk/assessment.ts'
import { gistOf } from '../../src/risk/gist.ts'
import { type KeptPage, type LastKept, lastKept } from '../../src/risk/last-kept.ts'
import { type Written, writing } from '../../src/risk/written.ts'

/** A night in which these were judged. */
export function tonightOf(assessments: readonly Assessment[]): Tonight {
  return {
    facts: assessments.map(({ customer }) => ({ id: customer })),
    tiers: Uint8Array.from(assessments, ({ tier }) => TIERS.indexOf(tier)),
    scores: Float64Array.from(assessments, ({ score }) => score),
    priorities: Float64Array.from(assessments, ({ priority }) => priority),
    gistAt: (index) => gistOf(assessments[index]!),
    verdictAt: (index) => ({ ...assessments[index]!, stage: null }),
  }
}

/** What a store that holds these hands a night of these customers. */
export async function keptOf(
  written: readonly Assessment[],
  customers: readonly string[],
  model = 'rules',
): Promise<LastKept> {
  const indexOf = (customer: string) => {
    const index = customers.indexOf(customer)
    return index < 0 ? undefined : index
  }
  return await lastKept(pagesOf(written), { size: customers.length, model, indexOf }, () => null)
}

export async function* pagesOf(written: readonly Assessment[]): AsyncGenerator<KeptPage> {
  const gists = written.map(gistOf)
  yield {
    customers: written.map(({ customer }) => customer),
    asOf: written.map(({ asOf }) => asOf),
    tiers: written.map(({ tier }) => tier),
    scores: written.map(({ score }) => score),
    models: written.map(({ model }) => model),
    standings: gists.map(({ standing }) => standing),
    factors: gists.map(({ factors }) => factors),
  }
}

/** Assessments as a night writes them. */
export function writtenOf(assessments: readonly Assessment[]): Written {
  const list = writing(assessments.length)
  for (const each of assessments) list.add(each, gistOf(each))
  return list.end()
}
