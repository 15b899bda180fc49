import { z } from 'zod'
import { didYouMean } from '../nearest.ts'
import { DATE_FORMATS } from '../records/calendar.ts'
import { SCALES } from '../records/score.ts'
import { isTimeZone } from '../records/zone.ts'

/** One entry of `sources:` in foreshock.yaml: where the rows are and what their columns mean. */

/** An object in which a misspelt key is an error that names the right one. */
export function strict<Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  return z.strictObject(shape, {
    error: (issue) => {
      if (issue.code !== 'unrecognized_keys') return undefined
      const known = Object.keys(shape)
      const keys = issue['keys'] as string[]
      return keys
        .map((key) => `unknown key "${key}".${didYouMean(key, known) || ` Known: ${known.join(', ')}`}`)
        .join(' ')
    },
  })
}

const column = z.string().min(1)
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

const customerFields = strict({
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

const eventFields = strict({
  id: rowId,
  customer: customerKey.describe('Who did it: one identity key, such as {crm: customer_id}'),
  kind: field.describe('What was done: an event kind of the profile, or {value: visit}'),
  at: field.describe('When it was done'),
  amount: field.optional().describe('Money, in the mapping currency'),
  quantity: field.optional().describe('How many'),
  duration: field.optional().describe('Minutes'),
  site: place.site,
})

const feedbackFields = strict({
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

export const ENCODINGS = ['auto', 'utf-8', 'utf-16le', 'utf-16be', 'gbk'] as const
export const FORMATS = ['csv', 'tsv', 'blank', 'ndjson'] as const

const named = {
  name: z
    .string()
    .regex(/^[a-z0-9][a-z0-9_-]*$/i, 'source names are letters, digits, _ and -')
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

const common = {
  ...named,
  type: z.literal('file'),
  path: z.string().min(1).describe('A file or folder, relative to the config file; .gz is read as well'),
  pattern: z
    .string()
    .min(1)
    .optional()
    .describe('Which files of the folder, such as "visits-*.csv"; default all known kinds'),
  format: z
    .enum(FORMATS)
    .optional()
    .describe('Default by extension: .csv, .tsv, .txt (blank), .ndjson or .jsonl'),
  encoding: z
    .enum(ENCODINGS)
    .default('auto')
    .describe('Text encoding; auto tells UTF-8, UTF-16 and GBK apart'),
  delimiter: z
    .string()
    .length(1)
    .refine((mark) => !'"\r\n'.includes(mark), 'the delimiter cannot be a quote or a line break')
    .optional()
    .describe('Column separator, where it is not the usual one'),
  header: z
    .boolean()
    .default(true)
    .describe('Whether the first row names the columns; if not, give `columns`'),
  columns: z.array(column).min(1).optional().describe('Column names of a file without a header row'),
  mayShrink: z
    .boolean()
    .default(false)
    .describe(
      'Whether many rows may vanish from a file at once; if not, a file that lost over 20 % deletes nothing',
    ),
}

type Layout = { header: boolean; columns?: string[] | undefined; format?: string | undefined }

function checkLayout(mapping: Layout, context: z.RefinementCtx): void {
  const issue = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message })
  if (mapping.format === 'ndjson') {
    if (mapping.columns !== undefined) issue('columns', 'NDJSON rows name their own columns; remove this')
    return
  }
  if (!mapping.header && mapping.columns === undefined) issue('columns', 'required when `header` is false')
  if (mapping.header && mapping.columns !== undefined) issue('columns', 'only for files with `header: false`')
  const names = mapping.columns ?? []
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined) issue('columns', `names "${twice}" twice`)
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

export const fileMappingSchema = z.discriminatedUnion('record', [
  strict({ ...common, ...customerRows }).superRefine(checkLayout),
  strict({ ...common, ...eventRows }).superRefine(checkLayout),
  strict({ ...common, ...feedbackRows }).superRefine(checkLayout),
])

/** What another system posts to /ingest/NAME. */
const posted = {
  ...named,
  type: z.literal('webhook'),
  list: z
    .string()
    .min(1)
    .optional()
    .describe('Where in the body the list of rows lies, such as data.items; default the body itself'),
}

const webhookMappingSchema = z.discriminatedUnion('record', [
  strict({ ...posted, ...customerRows }),
  strict({ ...posted, ...eventRows }),
  strict({ ...posted, ...feedbackRows }),
])

export const sourceMappingSchema = z.discriminatedUnion('type', [fileMappingSchema, webhookMappingSchema])

export type SourceMapping = z.infer<typeof sourceMappingSchema>
export type FileMapping = z.infer<typeof fileMappingSchema>
export type WebhookMapping = z.infer<typeof webhookMappingSchema>
export type CustomerMapping = z.infer<z.ZodObject<typeof customerRows>>
export type EventMapping = z.infer<z.ZodObject<typeof eventRows>>
export type FeedbackMapping = z.infer<z.ZodObject<typeof feedbackRows>>
/** What the columns of a row mean, wherever it comes from. */
export type RowMapping = CustomerMapping | EventMapping | FeedbackMapping
export type Field = z.infer<typeof field>
export type RatingField = z.infer<typeof rating>
export type AttributeField = z.infer<typeof attribute>
export type Encoding = (typeof ENCODINGS)[number]
export type Format = (typeof FORMATS)[number]
