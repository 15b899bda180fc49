import { z } from 'zod'
import { didYouMean } from '../nearest.ts'
import { bad, good, type Parsed } from '../records/parsed.ts'
import { SCALES } from '../records/score.ts'
import { strict } from '../sources/row-mapping.ts'

/** Records as our own addresses take them: the fields of an event or a voice, and nothing else. */

const cell = z.union([z.string(), z.number(), z.null()], 'is neither text nor a number').optional()
const NOBODY =
  'names nobody; write one identity key such as {"crm": "10042"}, or the number people see, "C-12"'
/** `"C-12"`, the number people see, or one identity key: `{"crm": "10042"}`. */
const customer = z.union(
  [
    z.string().regex(/^C-\d{1,9}$/i, NOBODY),
    z
      .record(z.string(), z.union([z.string(), z.number()], NOBODY))
      .refine((keys) => Object.keys(keys).length === 1, NOBODY),
  ],
  NOBODY,
)

const common = { id: cell, at: cell, site: cell }

const eventShape = strict({
  ...common,
  customer,
  kind: cell,
  amount: cell,
  currency: z.string('is not text').toUpperCase().nullish(),
  quantity: cell,
  duration: cell,
})

const feedbackShape = strict({
  ...common,
  customer: customer.nullish(),
  channel: cell,
  text: cell,
  language: cell,
  rating: cell,
  nps: cell,
  csat: cell,
  ces: cell,
  product: cell,
  scale: z.literal(SCALES, `is not one of ${SCALES.join(', ')}`).optional(),
})

export type OwnEvent = z.infer<typeof eventShape>
export type OwnFeedback = z.infer<typeof feedbackShape>

/** One sentence against a record whose shape does not fit. */
export function shaped(kind: 'event', value: unknown): Parsed<OwnEvent>
export function shaped(kind: 'feedback', value: unknown): Parsed<OwnFeedback>
export function shaped(kind: 'event' | 'feedback', value: unknown): Parsed<OwnEvent | OwnFeedback>
export function shaped(kind: 'event' | 'feedback', value: unknown): Parsed<OwnEvent | OwnFeedback> {
  const read = (kind === 'event' ? eventShape : feedbackShape).safeParse(value)
  if (read.success) return good(read.data)
  const { path, message, code } = read.error.issues[0]!
  if (code === 'invalid_type' && path.length === 0)
    return bad('a record is an object: {"id": ..., "at": ...}')
  return bad(path.length === 0 ? message : `${String(path[0])} ${message}`)
}

/** Null: the kind of key is known. A key nobody else uses would make a second customer of every slip of the pen. */
export function strangeKey(kind: string, known: ReadonlySet<string>): string | null {
  if (known.has(kind)) return null
  return `customer: "${kind}" is no identity key here; the sources of foreshock.yaml name ${[...known].join(', ')}.${didYouMean(kind, known)}`
}
