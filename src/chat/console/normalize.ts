import { z } from 'zod'
import { ForeshockError } from '../../errors.ts'
import { clean, text } from '../../text.ts'
import type { CaseFilter } from './ports.ts'
import type { WirePress, WireSay } from './wire.ts'

/** Untrusted HTTP input made into the types the rest of the program trusts. */

const LINE = 2_000
const FORM_VALUE = 4_000
const FORM_FIELDS = 40

const id = z
  .string()
  .min(1)
  .max(100)
  .regex(/^[^\s\p{Cc}]+$/u, 'is not a name or id')
const optionalId = id.nullish().transform((value) => value ?? null)
const line = (min: number) =>
  z
    .string()
    .max(LINE)
    .transform((value) => clean(value).trim())
    .refine((value) => value.length >= min, 'is empty')

const form = z
  .record(z.string().min(1).max(60), z.string().max(FORM_VALUE).transform(clean))
  .refine((values) => Object.keys(values).length <= FORM_FIELDS, `has more than ${FORM_FIELDS} fields`)
  .nullish()
  .transform((values) => values ?? null)

const say = z.strictObject({ channel: id, thread: optionalId, line: line(1), request: id, form })

const press = z.strictObject({
  message: id,
  command: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'is not a command'),
  args: z
    .string()
    .max(LINE)
    .transform((value) => clean(value).trim()),
  form,
  request: id,
})

const person = z.strictObject({ id })

const clock = z.union([
  z.strictObject({
    hours: z
      .int()
      .min(1)
      .max(31 * 24),
  }),
  z.strictObject({ play: z.boolean() }),
])

const page = z
  .object({
    channel: id,
    before: optionalId,
    limit: z.coerce.number().int().min(1).max(200).default(50),
    tier: z.enum(['P0', 'P1', 'P2'], 'is not P0, P1 or P2').nullish(),
    unclaimed: z.enum(['0', '1'], 'is not 0 or 1').nullish(),
  })
  .transform(({ tier, unclaimed, ...rest }) => {
    const all = !tier && unclaimed !== '1'
    return { ...rest, only: all ? null : { tier: tier ?? null, unclaimed: unclaimed === '1' } }
  })

const thread = z.object({ message: id })
const complete = z.object({ line: z.string().max(LINE).default('').transform(clean) })

export const readSay = (body: unknown): Required<WireSay> => read(say, body)
export const readPress = (body: unknown): WirePress => read(press, body)
export const readPerson = (body: unknown): { id: string } => read(person, body)
export const readClock = (body: unknown): { hours: number } | { play: boolean } => read(clock, body)
export const readPage = (
  query: unknown,
): { channel: string; before: string | null; limit: number; only: CaseFilter | null } => read(page, query)
export const readThread = (query: unknown): { message: string } => read(thread, query)
/** Leading blanks go, trailing ones stay: "show " asks for customers, "show" for commands. */
export const readComplete = (query: unknown): string => read(complete, query).line.trimStart()

/** What people write; whatever else is wrong comes from a page that is out of date. */
const TYPED: ReadonlySet<PropertyKey | undefined> = new Set(['line', 'args', 'form'])

function tooLong(most: number): ForeshockError {
  return new ForeshockError(
    'BAD_INPUT',
    text(`写得太长，最多 ${most} 个字符。`, `That is too long; at most ${most} characters.`),
    text('请写短些再发。', 'Write it shorter and send it again.'),
  )
}

/** Throws ForeshockError BAD_INPUT naming the first field that is wrong. */
function read<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const result = schema.safeParse(input ?? {})
  if (result.success) return result.data
  const issue = result.error.issues[0]
  if (issue?.code === 'too_big' && TYPED.has(issue.path[0])) throw tooLong(Number(issue.maximum))
  const where = issue?.path.map(String).join('.') || 'request'
  const why = issue?.message ?? 'is not valid'
  throw new ForeshockError(
    'BAD_INPUT',
    text(`请求里的 ${where} 不对：${why}。`, `The request's ${where} is wrong: ${why}.`),
    text('请重新载入页面再试。', 'Reload the page and try again.'),
  )
}
