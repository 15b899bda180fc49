import { z } from 'zod'
import { didYouMean } from '../nearest.ts'
import { DATE_FORMATS } from '../records/calendar.ts'
import { SCALES } from '../records/score.ts'
import { isTimeZone } from '../records/zone.ts'

/** What an entry of `sources:` says of its rows, wherever they come from: their meaning, zone, currency and dates. */

/** An object in which a misspelt key is an error that names the right one. */
export function strict<Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  return z.strictObject(shape, {
    error: (issue) => {
      if (issue.code !== 'unrecognized_keys') return undefined
      const known = Object.keys(shape)
      const near = (issue['keys'] as string[]).map((key) => ({ key, meant: didYouMean(key, known) }))
      const others = near.filter(({ meant }) => meant === '').map(({ key }) => `"${key}"`)
      return [
        ...near.filter(({ meant }) => meant !== '').map(({ key, meant }) => `unknown key "${key}".${meant}`),
        ...(others.length === 0
          ? []
          : [
              `unknown ${others.length === 1 ? 'key' : 'keys'} ${others.join(', ')}. Known: ${known.join(', ')}`,
            ]),
      ].join(' ')
    },
  })
}

/** Name of a column, or dotted path in an object. */
export const column = z.string().min(1)
const constant = strict({
  value: z.union([z.string(), z.number(), z.boolean()]).describe('The same value for every row'),
})
const field = z.union([column, constant])
const rating = z.union([
  column,
  constant,
  strict({
    column,
    scale: z.literal(SCALES).describe('The scale the source rates on; stored as 0-10. Default 10'),
  }),
])
const keyKind = z.string().regex(/^[a-z][a-z0-9_]*$/, 'key kinds are lower case letters, digits and _')
const customerKey = z
  .record(keyKind, field)
  .refine(
    (key) => Object.keys(key).length === 1,
    'give exactly one key, such as `customer: {crm: customer_id}`',
  )
const attribute = z.union([
  column,
  constant,
  strict({
    column,
    type: z.enum(['text', 'number', 'day', 'flag']).describe('How the cell is read; default text'),
  }),
])

const rowId = field.optional().describe("The row's own id; without it a row is known by its content")
const place = {
  site: field.optional().describe('Store or branch'),
  product: field.optional().describe('Product or model'),
}

export const customerFields = strict({
  id: rowId,
  keys: z
    .record(keyKind, field)
    .refine(
      (keys) => Object.keys(keys).length > 0,
      'name at least one identity key, such as `keys: {crm: customer_id}`',
    )
    .describe('Identity keys: crm, phone, email, vin or your own; the first filled one names the customer'),
  at: field
    .optional()
    .describe(
      'When the row was last changed: its attributes hold from then on, else from when they are first read',
    ),
  name: field.optional().describe('Name as the team knows it'),
  valueTier: field.optional().describe('high, mid or low (高, 中, 低), as the CRM declares it'),
  ltv: field.optional().describe('Lifetime value, in the mapping currency'),
  owner: field.optional().describe('Id of the person who owns the customer'),
  region: field.optional().describe('Region'),
  ...place,
  firstPurchase: field.optional().describe('Day of the first purchase'),
  language: field.optional().describe('Language, such as zh or en'),
  timeZone: field.optional().describe("The customer's IANA time zone"),
  contactConsent: field.optional().describe('Whether the customer may be contacted'),
  phone: field.optional().describe('Phone number to call'),
  attributes: z
    .record(z.string().min(1), attribute)
    .optional()
    .describe('Typed attributes: contract end, household, ...'),
})

export const eventFields = strict({
  id: rowId,
  customer: customerKey.describe('Who did it: one identity key, such as {crm: customer_id}'),
  kind: field.describe('What was done: an event kind of the profile, or {value: visit}'),
  at: field.describe('When it was done'),
  amount: field.optional().describe('Money, in the mapping currency'),
  quantity: field.optional().describe('How many'),
  duration: field.optional().describe('Minutes'),
  site: place.site,
})

export const feedbackFields = strict({
  id: rowId,
  customer: customerKey
    .optional()
    .describe('Who said it; may be left out or empty where the author is unknown'),
  at: field.describe('When it was said'),
  channel: field.describe('ticket, chat, survey, review, social or call; or {value: survey}'),
  text: field.optional().describe('The words'),
  language: field.optional().describe('Language, such as zh or en'),
  rating: rating.optional().describe('Rating'),
  nps: field.optional().describe('NPS, 0-10'),
  csat: rating.optional().describe('CSAT'),
  ces: rating.optional().describe('CES'),
  ...place,
}).refine(
  (fields) =>
    [fields.text, fields.rating, fields.nps, fields.csat, fields.ces].some((said) => said !== undefined),
  'map at least one of text, rating, nps, csat, ces',
)

/** What every entry has. */
export const named = {
  name: z
    .string()
    .regex(/^[a-z0-9][a-z0-9_-]*$/i, 'source names are of a-z, 0-9, _ and -')
    .describe('Name of the source, unique'),
  timeZone: z
    .string()
    .refine(isTimeZone, 'not an IANA time zone, such as Asia/Shanghai')
    .optional()
    .describe("Zone of dates written without an offset; default the company's"),
  currency: z
    .string()
    .refine(
      (code) => Intl.supportedValuesOf('currency').includes(code),
      'not an ISO 4217 currency, such as CNY',
    )
    .optional()
    .describe("Currency of amounts; default the company's"),
  dateFormat: z.enum(DATE_FORMATS).default('iso').describe('How dates are written'),
}

const meanings = (what: string, example: string) =>
  z
    .record(z.string(), z.string())
    .optional()
    .describe(`What the source's words for ${what} mean: {${example}}`)

const customerRows = { record: z.literal('customer'), fields: customerFields }
const eventRows = {
  record: z.literal('event'),
  fields: eventFields,
  kinds: meanings('kinds', '保养: visit'),
}
const feedbackRows = {
  record: z.literal('feedback'),
  fields: feedbackFields,
  channels: meanings('channels', '工单: ticket'),
}

/** A mapping of this shape for customers, for events or for feedback. */
export function ofRows<Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  return z.discriminatedUnion('record', [
    strict({ ...shape, ...customerRows }),
    strict({ ...shape, ...eventRows }),
    strict({ ...shape, ...feedbackRows }),
  ])
}

export type CustomerMapping = z.infer<z.ZodObject<typeof customerRows>>
export type EventMapping = z.infer<z.ZodObject<typeof eventRows>>
export type FeedbackMapping = z.infer<z.ZodObject<typeof feedbackRows>>
/** What the columns of a row mean, wherever it comes from. */
export type RowMapping = CustomerMapping | EventMapping | FeedbackMapping
/** What the values of a row are read by besides their columns. */
export type Named = z.infer<z.ZodObject<typeof named>>
export type Field = z.infer<typeof field>
export type RatingField = z.infer<typeof rating>
export type AttributeField = z.infer<typeof attribute>
