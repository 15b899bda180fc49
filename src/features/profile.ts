import { z } from 'zod'
import type { Text } from '../text.ts'

/** An industry as data: what is measured, what leaving means, which words and rules warn. Validated, never code. */

const textSchema: z.ZodType<Text> = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) })
const nameSchema = z.string().regex(/^[a-z][a-z0-9_]*$/, 'names are lower case letters, digits and _')

const aggregateSchema = z.strictObject({
  name: nameSchema,
  fn: z.enum(['count', 'days', 'sum', 'mean', 'spread', 'share', 'last', 'recency', 'age', 'newest']),
  kind: z.string().min(1),
  measure: z.enum(['amount', 'quantity', 'duration', 'rating', 'nps', 'csat', 'ces']).exactOptional(),
  from: z.number().int().positive().exactOptional(),
  to: z.number().int().nonnegative().exactOptional(),
  above: z.number().exactOptional(),
  take: z.number().int().positive().exactOptional(),
  skip: z.number().int().nonnegative().exactOptional(),
  label: textSchema.exactOptional(),
})

const finaliserSchema = z.strictObject({
  name: nameSchema,
  expr: z.string().min(1),
  label: textSchema.exactOptional(),
})

const ruleSchema = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9-]*$/),
  when: z.string().min(1),
  says: textSchema,
  basis: z.array(z.string().min(1)).min(1),
  enabled: z.boolean().default(true),
})

const watchedSchema = z.strictObject({
  now: nameSchema,
  before: nameSchema,
  label: textSchema,
  basis: z.string().min(1),
  days: z.number().int().positive(),
  fires: z.number().gt(0).lte(1),
  strong: z.number().gt(0).lte(1),
  least: z.number().nonnegative(),
  needs: z.strictObject({ feature: nameSchema, least: z.number() }).exactOptional(),
})

export const profileSchema = z.strictObject({
  name: nameSchema,
  version: z.number().int().positive(),
  title: textSchema,
  /** Event kinds a source may yield under this profile, with the words people use for them. */
  kinds: z.record(nameSchema, textSchema),
  churn: z.strictObject({
    /** Inactive this long over `kinds` means gone. */
    inactiveDays: z.number().int().positive(),
    kinds: z.array(nameSchema).min(1),
    /** Event kind that says it outright. */
    cancelled: nameSchema.exactOptional(),
  }),
  /** The customer's own beat: event kind, and the usual days between two for customers with no beat of their own yet. */
  rhythm: z.strictObject({ kind: nameSchema, usualDays: z.number().positive(), label: textSchema }),
  /** Feature that estimates LTV (minor units) where the CRM declares none. */
  ltv: nameSchema.exactOptional(),
  /** Customer attributes that expressions may read as `attr_<name>`: days until a day, a number, a flag as 1/0. */
  attributes: z.record(nameSchema, textSchema).exactOptional(),
  aggregates: z.array(aggregateSchema).min(1),
  finalisers: z.array(finaliserSchema),
  change: z.array(watchedSchema),
  rules: z.array(ruleSchema),
})

/** A validated profile. */
export type Profile = z.infer<typeof profileSchema>
