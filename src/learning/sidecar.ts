import { z } from 'zod'
import { ForeshockError } from '../errors.ts'
import type { Profile } from '../features/profile.ts'
import { nearest } from '../nearest.ts'
import { text } from '../text.ts'

/** What stands beside a model file: everything about a model but the model itself. */

const FORMAT = 1

const share = z.number().min(0).max(1)
const day = z.iso.datetime()
const count = z.number().int().nonnegative()

/** How values are spread over bins, to see later whether they still are: `edges` part them, `shares` are one more. */
const spreadSchema = z
  .strictObject({
    edges: z.array(z.number()),
    shares: z.array(share),
    unknown: share,
  })
  .refine(({ edges, shares }) => shares.length === edges.length + 1, 'needs one share more than edges')

const termSchema = z.strictObject({
  feature: z.number().int().nonnegative(),
  of: z.enum(['value', 'log', 'above', 'is', 'unknown']),
  at: z.number(),
  centre: z.number(),
  weight: z.number(),
})

const calibrationSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('platt'), slope: z.number(), offset: z.number() }),
  z.strictObject({
    kind: z.literal('isotonic'),
    from: z.array(z.number()).min(1),
    to: z.array(share).min(1),
  }),
])

export const sidecarSchema = z.strictObject({
  format: z.literal(FORMAT),
  name: z.string().regex(/^[a-z0-9][a-z0-9._-]{0,63}$/),
  /** SHA-256 of the .onnx file, hexadecimal. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  profile: z.strictObject({ name: z.string().min(1), version: z.number().int().positive() }),
  /** `foreign`: made elsewhere; it is scored, and explained where its trees can be read. */
  algorithm: z.enum(['gbdt', 'forest', 'logistic', 'foreign']),
  /** In the order the model reads them. */
  features: z.array(z.string().min(1)).min(1),
  /** What a logistic model adds up; the trees of the others are in the .onnx file, covers included. */
  linear: z.strictObject({ base: z.number(), terms: z.array(termSchema) }).nullable(),
  calibration: calibrationSchema.nullable(),
  /** What "left" means: inactive so many days over these kinds, within so many days after the as-of date. */
  label: z.strictObject({
    inactiveDays: z.number().int().positive(),
    kinds: z.array(z.string().min(1)).min(1),
    cancelled: z.string().min(1).nullable(),
    horizonDays: z.number().int().positive(),
    gapDays: z.number().int().nonnegative(),
  }),
  asOf: z.strictObject({ learned: z.array(day).min(1), tested: z.array(day) }),
  spread: z.strictObject({ features: z.record(z.string(), spreadSchema), score: spreadSchema }),
  /** By name, on the slices it was tested on. */
  metrics: z.record(z.string(), z.number()),
  /** Probability from which a customer is in a band, by the band's name. */
  thresholds: z.record(z.string(), share),
  seed: z.number().int(),
  /** Of the rows it learned from. */
  dataHash: z.string().min(1),
  rows: z.strictObject({
    ...{ learned: count, left: count },
    /** Of these: dismissed cases as of when they were opened, and those who left all the same. Absent: none. */
    dismissed: z.strictObject({ rows: count, left: count }).exactOptional(),
  }),
  createdAt: day,
  /** Version of Foreshock that made it. */
  madeBy: z.string().min(1),
})

export type Sidecar = z.infer<typeof sidecarSchema>
export type Spread = z.infer<typeof spreadSchema>

export function sidecarJson(sidecar: Sidecar): string {
  return `${JSON.stringify(sidecarSchema.parse(sidecar), null, 1)}\n`
}

/** How many dismissed cases a kept model has learned from, and how many of their customers left; null: none, or not told. */
export function dismissedIn(sidecar: unknown): { readonly rows: number; readonly left: number } | null {
  const read = sidecarSchema.safeParse(sidecar)
  return read.data?.rows.dismissed ?? null
}

/** What a model is about to be used on. */
export interface UsedOn {
  readonly profile: string
  /** Features the profile has. */
  readonly features: readonly string[]
}

/**
 * Reads a sidecar and sees that its model fits.
 *
 * @param file what the file is called, for errors
 * @throws BAD_INPUT when it is damaged, of another profile, or names features that the profile does not have
 */
export function readSidecar(json: string, file: string, usedOn: UsedOn): Sidecar {
  const sidecar = parsed(json, file)
  if (sidecar.profile.name !== usedOn.profile)
    throw refused(
      `The model "${sidecar.name}" was learned for the profile "${sidecar.profile.name}", not "${usedOn.profile}".`,
      'Choose a model of this profile, or train one.',
    )
  const known = new Set(usedOn.features)
  const strange = sidecar.features.filter((name) => !known.has(name))
  if (strange.length === 0) return sidecar
  const [first] = strange
  const near = nearest(first!, known)
  const more = strange.length > 1 ? ` and ${strange.length - 1} more` : ''
  throw refused(
    `The model "${sidecar.name}" reads the feature "${first}"${more}, which the profile "${usedOn.profile}" does not have.`,
    near === null
      ? 'Train again with the profile as it is now.'
      : `Train again with the profile as it is now (there it is "${near}"?).`,
  )
}

/**
 * Refuses a model that has learned another meaning of leaving than the one that holds: its probabilities would answer another
 * question.
 *
 * @throws ForeshockError CONFLICT
 */
export function refuseOtherChurn(
  { name, label }: Pick<Sidecar, 'name' | 'label'>,
  churn: Profile['churn'],
): void {
  const { inactiveDays, kinds, cancelled = null } = churn
  const isSame = label.kinds.length === kinds.length && label.kinds.every((kind) => kinds.includes(kind))
  if (isSame && label.inactiveDays === inactiveDays && label.cancelled === cancelled) return
  const said = (days: number, of: readonly string[]) =>
    text(`${days} 天没有 ${of.join('、')}`, `none of ${of.join(', ')} for ${days} days`)
  const [learned, present] = [said(label.inactiveDays, label.kinds), said(inactiveDays, kinds)]
  throw new ForeshockError(
    'CONFLICT',
    text(
      `模型“${name}”学的流失定义是${learned.zh}，现在的定义是${present.zh}。`,
      `The model "${name}" has learned that leaving is ${learned.en}; now it is ${present.en}.`,
    ),
    {
      ...text('输入 train 按现在的定义重新训练。', 'Type train to learn one for the present definition.'),
      shell: '`foreshock train` learns one for the present definition.',
    },
  )
}

function parsed(json: string, file: string): Sidecar {
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch {
    throw refused(`The model description ${file} is damaged: it is not JSON.`, RESTORE)
  }
  const found = sidecarSchema.safeParse(value)
  if (found.success) return consistent(found.data, file)
  const [issue] = found.error.issues
  const where = issue!.path.length > 0 ? `${issue!.path.join('.')}: ` : ''
  throw refused(`The model description ${file} cannot be read: ${where}${issue!.message}.`, RESTORE)
}

const RESTORE = 'Restore it from a backup, use another version of the model, or train again.'

/** What no single field can tell. */
function consistent(sidecar: Sidecar, file: string): Sidecar {
  const { features, linear, algorithm, calibration } = sidecar
  const wrong = (what: string): ForeshockError =>
    refused(`The model description ${file} cannot be read: ${what}.`, RESTORE)
  if (new Set(features).size < features.length) throw wrong('features: a name comes twice')
  if ((algorithm === 'logistic') !== (linear !== null))
    throw wrong('linear: a logistic model has it, and no other')
  if (linear?.terms.some(({ feature }) => feature >= features.length))
    throw wrong('linear: a term reads a column that is not there')
  if (calibration?.kind === 'isotonic' && calibration.from.length !== calibration.to.length)
    throw wrong('calibration: as many points to as from')
  return sidecar
}

function refused(what: string, hint: string): ForeshockError {
  return new ForeshockError('BAD_INPUT', what, hint)
}
