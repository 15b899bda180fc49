import type { Action, Verb } from '../alerts/alert.ts'
import type { Context } from '../context.ts'
import { dayAt, dayNumber } from '../demo/calendar.ts'
import type { Spoken } from '../demo/company.ts'

/** What people only mark after they have spoken with the customer. */
const CLOSING: readonly Verb[] = ['retained', 'resolve']
/** Whoever works the demo is taken to speak as well as one can. */
const CARE = 1

/**
 * The conversations that a case's history tells of: every "contacted", and an outcome written without one.
 */
export function spokenIn(actions: readonly Action[], phone: string): Spoken[] {
  const calls = actions.filter(({ verb }) => verb === 'contacted')
  const told =
    calls.length > 0 ? calls : actions.filter(({ verb }) => CLOSING.some((one) => one === verb)).slice(0, 1)
  return told.map(({ id, at }) => ({ id, phone, day: dayNumber(dayAt(at)), care: CARE }))
}

/** Gives everyone's conversations so far; reads again only the cases that have changed since it was last asked. */
export function openConversations({ store }: Pick<Context, 'store'>): () => Promise<Spoken[]> {
  const known = new Map<string, { readonly version: number; readonly spoken: readonly Spoken[] }>()
  return async () => {
    const alerts = await store.alerts.list({})
    for (const { id, version, customer } of alerts) {
      if (known.get(id)?.version === version) continue
      const phone = (await store.customers.get(customer))?.phone ?? null
      const spoken = phone === null ? [] : spokenIn(await store.alerts.actions(id), phone)
      known.set(id, { version, spoken })
    }
    return [...known.values()].flatMap(({ spoken }) => spoken)
  }
}
