import { z } from 'zod'
import { named, type RowMapping } from '../row-mapping.ts'

/** What every vendor's entry of `sources:` has. */
export const vendorNamed = {
  ...named,
  since: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/, 'is not a day; write it as 2025-01-31')
    .optional()
    .describe('The first pull begins with what changed on this day; default everything'),
}

type Given = Readonly<Record<string, unknown>>

/** What we map where the configuration says nothing: the rows an object becomes, the usual kind first. */
export type Usual = Readonly<Record<string, Readonly<Record<string, { fields: Given; only?: Given }>>>>

/** An object's entry with what it leaves out. A field that it gives stands in place of ours. */
export function completedObject(entry: Given, usual: Usual): unknown {
  const object = String(entry['object'])
  const known = Object.hasOwn(usual, object) ? usual[object]! : {}
  const record = entry['record'] ?? Object.keys(known)[0]
  const { fields = {}, ...rest } =
    (Object.hasOwn(known, String(record)) ? known[String(record)] : undefined) ?? {}
  return {
    ...(record === undefined ? {} : { record }),
    ...rest,
    ...entry,
    fields: { ...fields, ...(entry['fields'] as Given | undefined) },
  }
}

/** An entry whose fields are told by kind of row, with what it leaves out. */
export function completedKinds(entry: Given, usual: Readonly<Record<string, Given>>): unknown {
  const given = (entry['fields'] ?? {}) as Readonly<Record<string, Given>>
  const filled = Object.entries(usual).map(([kind, fields]) => [kind, { ...fields, ...given[kind] }])
  return { ...entry, fields: { ...given, ...Object.fromEntries(filled) } }
}

/** The kinds of rows a source yields, each with its meaning. */
export type Kinds = Readonly<Record<string, RowMapping>>

export function leaving(out: readonly string[], kinds: Kinds): Kinds {
  return Object.fromEntries(Object.entries(kinds).filter(([kind]) => !out.includes(kind)))
}
