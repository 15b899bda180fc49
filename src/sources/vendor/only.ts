import { z } from 'zod'
import { at } from '../cells.ts'

const plain = z.union([z.string(), z.number(), z.boolean()])

/** Rows to take, by what their properties hold. */
export const only = z
  .record(z.string().min(1), z.union([plain, z.array(plain).min(1)]))
  .optional()
  .describe(
    'Only rows whose properties hold these values: {hs_is_closed_won: true}; others are left out, or go',
  )

export type Only = z.infer<typeof only>

/** Whether a row is one of those to take. */
export function isWanted(value: Readonly<Record<string, unknown>>, wanted: Only): boolean {
  return Object.entries(wanted ?? {}).every(([property, allowed]) =>
    [allowed].flat().some((one) => String(one) === String(at(value, property) ?? '')),
  )
}
