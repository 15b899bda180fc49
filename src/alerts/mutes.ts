import type { Mute } from '../risk/mute.ts'
import { mutesOf } from '../risk/mute.ts'
import type { Alert } from './alert.ts'

/**
 * What people have judged to be no risk, by customer: a dismissed case mutes what it rested on until that changes.
 * Nothing is stored for it; the dismissed case itself is the record, and the label to learn from.
 *
 * @param late by customer, what nobody could know of who dismissed it
 */
export function mutesFrom(
  dismissed: readonly Pick<Alert, 'customer' | 'assessment'>[],
  late: ReadonlyMap<string, ReadonlySet<string>> = new Map(),
): Map<string, Mute[]> {
  const mutes = new Map<string, Mute[]>()
  for (const { customer, assessment } of dismissed) {
    const unknown = late.get(customer)
    const own = mutesOf(assessment).map((mute) => (unknown === undefined ? mute : { ...mute, late: unknown }))
    mutes.set(customer, [...(mutes.get(customer) ?? []), ...own])
  }
  return mutes
}
