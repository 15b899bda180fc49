import { z } from 'zod'
import { ingestSchema } from '../ingest/access.ts'
import { isTimeZone } from '../records/zone.ts'
import { sourceMappingSchema } from '../sources/mapping.ts'
import { strict } from '../sources/row-mapping.ts'
import { localeNamed } from '../text.ts'
import { careSchema, mailSchema } from './outgoing.ts'

/** What may stand in the configuration file. */

const textSchema = z.union(
  [
    z
      .string()
      .min(1)
      .transform((words) => ({ zh: words, en: words })),
    strict({ zh: z.string().min(1), en: z.string().min(1) }),
  ],
  'write one text for both languages, or {zh: ..., en: ...}',
)
const zoneSchema = z.string().refine(isTimeZone, 'is not a time zone; use a name such as Asia/Shanghai')
const localeSchema = z
  .string()
  .refine(
    (said) => localeNamed(said) !== null,
    'is not a language of ours; write zh (Chinese) or en (English)',
  )
  .transform((said) => localeNamed(said)!)
const CURRENCIES = new Set(Intl.supportedValuesOf('currency'))
const idSchema = z.string().regex(/^[a-z][a-z0-9-]*$/, 'is not an id; use lower-case letters, digits and -')

const personSchema = strict({
  id: idSchema.describe('Stable name, used as the owner in CRM data'),
  name: textSchema,
  role: z.enum(['viewer', 'csm', 'manager', 'admin']),
  locale: localeSchema
    .optional()
    .describe('Language; default what their Slack account says, else the company’s'),
  timeZone: zoneSchema.optional(),
  lead: idSchema.optional().describe('Id of the person escalations go to'),
  substitute: idSchema.optional().describe('Id of who takes over urgent cases this person has no room for'),
  region: z.string().optional(),
  sees: z
    .union([
      z.enum(['all', 'team', 'own']),
      strict({
        sites: z.array(z.string().min(1)).min(1).describe('Stores, as voices and customers name them'),
      }),
    ])
    .optional()
    .describe(
      'Which customers they see, beside those of their cases: all (default), team or own (customers kept), or {sites: [...]}',
    ),
  email: z
    .email('is not an e-mail address')
    .optional()
    .describe('Known to the chat platform by this address; written to where no chat reaches them'),
  slack: z.string().min(1).optional().describe('Member id on Slack, e.g. U024BE7LH'),
  lark: z.string().min(1).optional().describe('Open id on Lark or Feishu, ou_...'),
})

const channelSchema = strict({
  id: idSchema,
  chat: z.enum(['console', 'slack', 'lark']).default('console'),
  to: z.string().min(1).optional().describe('The platform’s id of the channel: C024BE91L, oc_...'),
  locale: localeSchema.optional().describe('Language of its cards; default the company’s'),
  title: textSchema,
  about: textSchema.optional(),
  tiers: z
    .array(z.enum(['P0', 'P1', 'P2']))
    .default([])
    .describe('Tiers whose cards are posted here'),
  notices: z
    .boolean()
    .default(false)
    .describe(
      'Storms of voices, sources that fail, the week’s report and reports about the model are posted here',
    ),
  retention: z
    .boolean()
    .default(false)
    .describe(
      'The retention team’s: cards of high-value customers who say that they leave are posted here too',
    ),
})

const ownerSchema = strict({
  person: idSchema,
  site: z.string().min(1).optional(),
  product: z.string().min(1).optional(),
  topic: z.string().min(1).optional().describe('service, or service.waiting'),
})

/** Less than this would take away what the program still needs. */
function keptDays(least: number) {
  return z.number().int().min(least, `keeps too little; ${least} days at least`).max(36_500).optional()
}

export const configSchema = strict({
  company: strict({
    name: textSchema,
    timeZone: zoneSchema,
    currency: z.string().refine((code) => CURRENCIES.has(code), 'is not an ISO 4217 currency; use e.g. CNY'),
    locale: localeSchema.default('zh'),
  }),
  profile: z.string().min(1).describe('auto, retail, saas, finance, telecom, or the path of a profile file'),
  plans: strict({
    care: z
      .string()
      .min(1)
      .optional()
      .describe('File of your own weeks of care for customers in danger; default: models/care-plan.yaml'),
    segments: z
      .string()
      .min(1)
      .optional()
      .describe('File of your own classes, stages and layers of customers; default: models/segments.yaml'),
  }).prefault({}),
  database: strict({ folder: z.string().min(1) }).default({ folder: './.foreshock/database' }),
  server: strict({
    host: z.string().default('127.0.0.1'),
    port: z.number().int().min(0).max(65_535).default(7070),
  }).default({ host: '127.0.0.1', port: 7070 }),
  ingest: ingestSchema.default({ perSecond: 500 }),
  competitors: z
    .array(z.string().min(2).max(40))
    .default([])
    .describe('Names of competitors: naming one in a voice is a signal'),
  voices: strict({
    topics: z
      .string()
      .min(1)
      .optional()
      .describe('File of your own topics: adds to those as shipped, or replaces them'),
    weights: z
      .string()
      .min(1)
      .optional()
      .describe('Your own sentiment weights, made by `foreshock voices train`; default: those shipped'),
    leaving: z
      .string()
      .min(1)
      .optional()
      .describe(
        'Your own weights of what leaving sounds like, made by `foreshock voices leaving`; default: those shipped',
      ),
    journey: z
      .string()
      .min(1)
      .optional()
      .describe('File of your own journey stages and what tells them; default: models/journey.yaml'),
    topicModel: z
      .string()
      .min(1)
      .default('./.foreshock/topics.json')
      .describe('Where the topics learned from your labels are kept'),
  }).prefault({}),
  people: z.array(personSchema).min(1),
  channels: z.array(channelSchema).min(1),
  owners: z
    .array(ownerSchema)
    .default([])
    .describe('Who answers for a site, a product or a topic: named when voices about it storm'),
  sources: z
    .array(sourceMappingSchema)
    .default([])
    .describe('Where records come from; none where all are posted over HTTP'),
  care: careSchema
    .optional()
    .describe('Automated care for customers leaves the program here; without it, none does'),
  mail: mailSchema.optional().describe('E-mail to people whom no chat reaches; without it, none is sent'),
  keep: strict({
    voices: keptDays(200).describe(
      'Days the words of voices are kept; signals look back 180. How they were read stays',
    ),
    refused: keptDays(1).describe('Days rows that could not be used are kept'),
    outbox: keptDays(7).describe('Days messages are kept once they were delivered or given up'),
  })
    .prefault({})
    .describe(
      'How long things are kept; what is not named, for ever. Cases and the sealed record always are',
    ),
  schedule: strict({
    pull: z.string().default('5 * * * *'),
    score: z.string().default('0 6 * * *'),
    morning: z
      .string()
      .default('7 8 * * *')
      .describe('When everyone is sent their list of the day; off: never'),
  }).prefault({}),
})

export type ConfigFile = z.infer<typeof configSchema>
