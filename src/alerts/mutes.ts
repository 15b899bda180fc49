import type { Mute } from '../risk/mute.ts'
import { mutesOf } from '../risk/mute.ts'
import type { Alert } from './alert.ts'

/**
 * What people have judged to be no risk, by customer: a dismissed case mutes what it rested on until that changes.
 * Nothing is stored for it; the dismissed case itself is the record, and the label to learn from.
 */
export function mutesFrom(dismissed: readonly Pick<Alert, 'customer' | 'assessment'>[]): Map<string, Mute[]> {
  const mutes = new Map<string, Mute[]>()
  for (const { customer, assessment } of dismissed) {
    mutes.set(customer, [...(mutes.get(customer) ?? []), ...mutesOf(assessment)])
  }
  return mutes
}
