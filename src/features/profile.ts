import { z } from 'zod'
import { MEASURES } from './columns.ts'
import { guideSchema, nameSchema, textSchema } from './guide.ts'

/** The five families of measures (SPEC section 1). */
export const FAMILIES = ['transaction', 'product', 'interaction', 'attitude', 'attributes'] as const

/** An industry as data: what is measured, what leaving means, which words and rules warn. Validated, never code. */

/** The least and the most a number can be, both included; a row with another is refused. */
const rangeSchema = z
  .strictObject({ min: z.number().exactOptional(), max: z.number().exactOptional() })
  .refine(
    ({ min, max }) => !(min !== undefined && max !== undefined && min > max),
    'has its least above its most',
  )

const kindSchema = z.strictObject({
  ...textSchema.shape,
  /** The kind it is a special case of: a maintenance is a visit, and counts as one. */
  is: nameSchema.exactOptional(),
  /** What its measures can be; amounts in minor units. A special case has its general kind's where it says nothing. */
  range: z
    .strictObject({
      amount: rangeSchema.exactOptional(),
      quantity: rangeSchema.exactOptional(),
      duration: rangeSchema.exactOptional(),
    })
    .exactOptional(),
  /** Flag attribute that records the customer's authorisation; without it what features say of such events is unknown. */
  authorisedBy: nameSchema.exactOptional(),
})

const attributeSchema = z.strictObject({
  ...textSchema.shape,
  /** `bias`: kept for the bias check only; no expression can read it. Default: scoring. */
  use: z.enum(['scoring', 'bias']).exactOptional(),
  /** Flag attribute that records the customer's authorisation; without it the attribute is unknown. */
  authorisedBy: nameSchema.exactOptional(),
  /** What it can be where it is a number. */
  range: rangeSchema.exactOptional(),
  /**
   * The words it can be, lowest first: read as 0, 1, 2 ... Words of a list mean the same. Any other word is unknown. Absent:
   * words have no number.
   */
  categories: z
    .array(z.union([z.string().min(1), z.array(z.string().min(1)).min(2)]))
    .min(2)
    .exactOptional(),
})

const aggregateSchema = z.strictObject({
  name: nameSchema,
  fn: z.enum([
    'count',
    'days',
    'sum',
    'mean',
    'spread',
    'share',
    'last',
    'recency',
    'age',
    'interval',
    'interval_spread',
    'newest',
  ]),
  kind: z.string().min(1),
  measure: z.enum(MEASURES).exactOptional(),
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

/** A feature beside its median among customers of the same product, site or region: 1 is as usual there. */
const peerSchema = z.strictObject({
  name: nameSchema,
  of: nameSchema,
  by: z.enum(['product', 'site', 'region']),
  label: textSchema,
})

/** One of the things the industry measures, in people's words, and the features and attributes that express it. */
const measureSchema = z.strictObject({
  family: z.enum(FAMILIES),
  label: textSchema,
  features: z.array(nameSchema).min(1),
})

/** A step on the way out: what shows it, and how many days before leaving it usually shows. */
const stageSchema = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9-]*$/),
  label: textSchema,
  /** Days before leaving: `from` the further, `to` the nearer end. */
  before: z.strictObject({ from: z.number().positive(), to: z.number().nonnegative() }),
  when: z.string().min(1),
  says: textSchema,
  guide: guideSchema,
})

/** What a rule is called, in the profile and in chat. */
export const RULE_NAME = /^[a-z][a-z0-9-]*$/

const ruleSchema = z.strictObject({
  name: z.string().regex(RULE_NAME),
  when: z.string().min(1),
  says: textSchema,
  basis: z.array(z.string().min(1)).min(1),
  strong: z.boolean().default(false),
  enabled: z.boolean().default(true),
})

/** A step on a card: a sentence or two. */
const adviceSchema = z.strictObject({
  zh: z.string().trim().min(1).max(120),
  en: z.string().trim().min(1).max(200),
})

/** What may be given to keep a customer: by whom at least, and on cases of which tiers. */
const entitlementSchema = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/),
  label: textSchema,
  role: z.enum(['csm', 'manager']),
  tiers: z.array(z.enum(['P0', 'P1', 'P2'])).min(1),
})

const playSchema = z.strictObject({
  prepare: adviceSchema.exactOptional(),
  act: adviceSchema.exactOptional(),
  talk: adviceSchema.exactOptional(),
  quiet: adviceSchema.exactOptional(),
  /** For whoever serves the customer next. */
  visit: adviceSchema.exactOptional(),
  /** What the customer reads, where care leaves by itself: on a P2, and on watch. */
  care: adviceSchema.exactOptional(),
  reminder: adviceSchema.exactOptional(),
})

const answerSchema = z.strictObject({
  zh: z.string().trim().min(1).max(200),
  en: z.string().trim().min(1).max(280),
})

/** What customers ask again and again, and a good answer; `for`: likely reasons of leaving it helps with. */
const faqSchema = z.strictObject({
  ask: textSchema,
  answer: answerSchema,
  for: z
    .array(z.enum(['product', 'service', 'price', 'competitor', 'life-change', 'moved', 'unknown']))
    .exactOptional(),
})

const watchedSchema = z.strictObject({
  now: nameSchema,
  before: nameSchema,
  label: textSchema,
  basis: z.string().min(1),
  /** Days that each side looks back; 0: it counts something else, as the last three ratings. */
  days: z.number().int().nonnegative(),
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
  kinds: z.record(nameSchema, kindSchema),
  churn: z.strictObject({
    /** Inactive this long over `kinds` means gone. */
    inactiveDays: z.number().int().positive(),
    kinds: z.array(nameSchema).min(1),
    /** Those of `kinds` that are parts bought without a visit: an admin may say that they are no sign of life. */
    parts: z.array(nameSchema).exactOptional(),
    /** Event kind that says it outright. */
    cancelled: nameSchema.exactOptional(),
  }),
  /** The customer's own beat: event kind, and the usual days between two for customers with no beat of their own yet. */
  rhythm: z.strictObject({ kind: nameSchema, usualDays: z.number().positive(), label: textSchema }),
  /** Feature that estimates LTV (minor units) where the CRM declares none. */
  ltv: nameSchema.exactOptional(),
  /** Customer attributes that expressions may read as `attr_<name>`: days until a day, a number, a flag as 1/0, a category's place. */
  attributes: z.record(nameSchema, attributeSchema).exactOptional(),
  aggregates: z.array(aggregateSchema).min(1),
  finalisers: z.array(finaliserSchema),
  peers: z.array(peerSchema).exactOptional(),
  measures: z.array(measureSchema).exactOptional(),
  /** Features people can do something about, and which way: a card says what of them would lower the risk. */
  actionable: z
    .array(z.strictObject({ feature: nameSchema, direction: z.enum(['up', 'down']) }))
    .exactOptional(),
  /** What everyone in the trade knows: more of it means more risk (rises) or less (falls). No learned model may say otherwise. */
  monotone: z
    .array(z.strictObject({ feature: nameSchema, risk: z.enum(['rises', 'falls']) }))
    .exactOptional(),
  /** Features that RFM, lifecycle and layers rest on: recency and tenure in days, the others over a year. */
  segments: z
    .strictObject({ recency: nameSchema, frequency: nameSchema, monetary: nameSchema, tenure: nameSchema })
    .exactOptional(),
  /** The latest step first: the first one that holds is where the customer stands. */
  stages: z.array(stageSchema).exactOptional(),
  /** What people may grant; how much of it, the settings `grant.*` say. */
  entitlements: z.array(entitlementSchema).max(20).exactOptional(),
  /** What to do about a likely reason of leaving, where this industry does something of its own. */
  plays: z
    .strictObject({
      product: playSchema.exactOptional(),
      service: playSchema.exactOptional(),
      price: playSchema.exactOptional(),
      competitor: playSchema.exactOptional(),
      'life-change': playSchema.exactOptional(),
      moved: playSchema.exactOptional(),
      unknown: playSchema.exactOptional(),
    })
    .exactOptional(),
  faq: z.array(faqSchema).max(60).exactOptional(),
  change: z.array(watchedSchema),
  rules: z.array(ruleSchema),
})

/** A validated profile. */
export type Profile = z.infer<typeof profileSchema>

export type Category = NonNullable<NonNullable<Profile['attributes']>[string]['categories']>[number]

export type Plays = NonNullable<Profile['plays']>

export type Entitlement = z.infer<typeof entitlementSchema>

export type Stage = z.infer<typeof stageSchema>
