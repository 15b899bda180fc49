import { parseDocument } from 'yaml'
import { z } from 'zod'
import { ForeshockError } from '../errors.ts'
import { expressionProblem } from './check-names.ts'
import { guideSchema, textSchema } from './guide.ts'

/** How customers are grouped, as data: models/segments.yaml. */

const name = z.string().regex(/^[a-z][a-z0-9-]*$/, 'names are lower case letters, digits and -')
const group = { name, label: textSchema, guide: guideSchema }
const test = z.string().min(1).exactOptional()

const segmentPlanSchema = z.strictObject({
  rfm: z.strictObject({
    high: z.number().int().min(2).max(5),
    classes: z
      .array(z.strictObject({ ...group, when: z.string().regex(/^[+-]{3}$/, 'three of + and -') }))
      .length(8),
  }),
  lifecycle: z.array(z.strictObject({ ...group, months: z.number().nonnegative() })).min(1),
  layers: z
    .array(
      z.strictObject({ ...group, share: z.number().gt(0).lt(1), value: test, activity: test, risk: test }),
    )
    .min(1),
})

export type SegmentPlan = z.infer<typeof segmentPlanSchema>
export type RfmClass = SegmentPlan['rfm']['classes'][number]
export type LifecycleStage = SegmentPlan['lifecycle'][number]
export type Layer = SegmentPlan['layers'][number]

/** Names a layer's tests may read. */
export const LAYER_INPUTS = [
  'value',
  'r',
  'f',
  'm',
  'quiet_days',
  'frequency',
  'monetary',
  'tenure_days',
  'missed_beats',
  'gone',
  'inactive_days',
  'risk',
] as const

/** Reads models/segments.yaml. Throws CONFIG_INVALID with every problem found; `file` names the place in errors. */
export function loadSegmentPlan(source: string, file: string): SegmentPlan {
  const document = parseDocument(source)
  if (document.errors.length > 0) throw invalid(file, [document.errors[0]!.message.split('\n')[0]!])
  const parsed = segmentPlanSchema.safeParse(document.toJS())
  if (!parsed.success) {
    throw invalid(
      file,
      parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'the file'}: ${message}.`),
    )
  }
  const problems = planProblems(parsed.data)
  if (problems.length > 0) throw invalid(file, problems)
  return parsed.data
}

function planProblems({ rfm, lifecycle, layers }: SegmentPlan): string[] {
  const last = layers.at(-1)!
  return [
    ...twice(
      'rfm.classes',
      rfm.classes.map(({ when }) => when),
    ),
    ...['rfm.classes', 'lifecycle', 'layers'].flatMap((path, at) =>
      twice(
        path,
        [rfm.classes, lifecycle, layers][at]!.map((one) => one.name),
      ),
    ),
    ...(lifecycle[0]!.months === 0 ? [] : ['lifecycle: the first stage begins at 0 months.']),
    ...lifecycle.flatMap(({ name: own, months }, at) =>
      at === 0 || months > lifecycle[at - 1]!.months
        ? []
        : [`lifecycle.${own}: stages come in order of their months; move it.`],
    ),
    ...(testsOf(last).length === 0
      ? []
      : [`layers.${last.name}: the last layer takes everyone that is left; remove its tests.`]),
    ...layers.slice(0, -1).flatMap((layer) => {
      if (testsOf(layer).length === 0)
        return [`layers.${layer.name}: without a test nobody reaches the layers below it.`]
      return testsOf(layer).flatMap(
        (source) => expressionProblem(`layers.${layer.name}`, source, LAYER_INPUTS) ?? [],
      )
    }),
  ]
}

/** A layer's tests, all of which must hold. */
export function testsOf({ value, activity, risk }: Layer): string[] {
  return [value, activity, risk].filter((source) => source !== undefined)
}

function twice(path: string, names: readonly string[]): string[] {
  const again = names.filter((one, at) => names.indexOf(one) < at)
  return again.map((one) => `${path}: "${one}" is used twice; change one.`)
}

function invalid(file: string, problems: readonly string[]): ForeshockError {
  return new ForeshockError(
    'CONFIG_INVALID',
    `${file}: ${problems.slice(0, 8).join(' ')}`,
    `Correct ${file} and try again.`,
  )
}
