import { createHash } from 'node:crypto'
import type { SourceEnvironment } from './environment.ts'

/** A name for everything that decides what a row becomes: when it changes, what was read before is read again. */
export function fingerprintOf(mapping: unknown, { company, kinds }: SourceEnvironment): string {
  const parts = [mapping, company.timeZone, company.currency, [...kinds].sort()]
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16)
}
