import { z } from 'zod'
import { ownValue } from '../../own-value.ts'
import {
  customerFields,
  eventFields,
  feedbackFields,
  named,
  type RowMapping,
  strict,
} from '../row-mapping.ts'

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
  const known = ownValue(usual, object) ?? {}
  const record = entry['record'] ?? Object.keys(known)[0]
  const { fields = {}, ...rest } = ownValue(known, String(record)) ?? {}
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

const FIELDS = { customer: customerFields, event: eventFields, feedback: feedbackFields }
type Records = Readonly<Record<string, keyof typeof FIELDS>>

/** An entry's part that speaks of each kind of rows, by what those become; and the kinds it then yields. */
export function rowsByKind<const Of extends Records>(records: Of) {
  const all = Object.keys(records) as (keyof Of & string)[]
  const fields = Object.fromEntries(all.map((kind) => [kind, FIELDS[records[kind]!]]))
  return {
    schema: {
      fields: strict(fields as { [Kind in keyof Of]: (typeof FIELDS)[Of[Kind]] }).describe(
        'What to read otherwise than usual, by kind of row',
      ),
      skip: z.array(z.enum(all)).default([]).describe('Kinds of rows to leave out'),
    },
    kindsOf: (given: { readonly fields: Given; readonly skip: readonly string[] }): Kinds =>
      Object.fromEntries(
        all
          .filter((kind) => !given.skip.includes(kind))
          .map((kind) => [kind, { record: records[kind], fields: given.fields[kind] } as RowMapping]),
      ),
  }
}
