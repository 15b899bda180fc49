import { z } from 'zod'
import { meantBy } from '../nearest.ts'
import { bad, good, type Parsed } from '../records/parsed.ts'
import { SCALES } from '../records/score.ts'
import { strict } from '../sources/row-mapping.ts'
import { type Text, text } from '../text.ts'

/** Records as our own addresses take them: the fields of an event or a voice, and nothing else. */

const NO_CELL = 'is neither text nor a number'
const cell = z.union([z.string(), z.number(), z.null()], NO_CELL).optional()
const NOBODY =
  'names nobody; write one identity key such as {"crm": "10042"}, or the number people see, "C-12"'
const NO_TEXT = 'is not text'
const NO_SCALE = `is not one of ${SCALES.join(', ')}`
const IN_CHINESE: Readonly<Record<string, string>> = {
  [NO_CELL]: '既不是文字也不是数字',
  [NOBODY]: '没有指明是谁；请写一个身份标识，如 {"crm": "10042"}，或客户编号“C-12”',
  [NO_TEXT]: '不是文字',
  [NO_SCALE]: `不是 ${SCALES.join('、')} 之一`,
}
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
  currency: z.string(NO_TEXT).toUpperCase().nullish(),
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
  scale: z.literal(SCALES, NO_SCALE).optional(),
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
  const [issue] = read.error.issues
  const { path, message, code } = issue!
  if (code === 'invalid_type' && path.length === 0)
    return bad('一条记录是一个对象：{"id": …, "at": …}', 'a record is an object: {"id": ..., "at": ...}')
  const zh =
    issue!.code === 'unrecognized_keys'
      ? `有不认识的键：${issue!.keys.join('、')}`
      : (IN_CHINESE[message] ?? message)
  return path.length === 0
    ? bad(zh, message)
    : bad(`${String(path[0])} ${zh}`, `${String(path[0])} ${message}`)
}

/** Null: the kind of key is known. A key nobody else uses would make a second customer of every slip of the pen. */
export function strangeKey(kind: string, known: ReadonlySet<string>): Text | null {
  if (known.has(kind)) return null
  const meant = meantBy(kind, known)
  return text(
    `客户标识“${kind}”这里没有；这里用的是 ${[...known].join('、')}。${meant.zh}`,
    `customer: "${kind}" is no identity key here; customers are known by ${[...known].join(', ')}.${meant.en}`,
  )
}
