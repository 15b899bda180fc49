import type { Context } from '../../src/context.ts'
import type { MorningList } from '../../src/judging/morning.ts'
import type { MorningCardData } from '../../templates/morning.ts'
import { dataAgeHours, moneyView } from './customer.ts'

/** A list as its card shows it. */
export async function morningData(ctx: Context, person: string, list: MorningList): Promise<MorningCardData> {
  const [run] = await ctx.store.assessments.runs(1)
  return {
    ...list,
    waiting: run === undefined ? 0 : await ctx.store.customers.countKeptBy(person, run.deferred),
    money: moneyView(ctx),
    dataAgeHours: await dataAgeHours(ctx),
  }
}
