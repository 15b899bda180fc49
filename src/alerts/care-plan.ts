import { z } from 'zod'
import { DAY } from '../clock.ts'
import { textSchema } from '../features/guide.ts'
import type { Assessment } from '../risk/assessment.ts'
import type { Text } from '../text.ts'
import { type Action, type Alert, AT_WORK } from './alert.ts'

/** The plan of weeks for customers in danger, as data: models/care-plan.yaml. Days count from when the case was opened. */

const stepSchema = z
  .strictObject({
    name: z.string().regex(/^[a-z][a-z0-9-]*$/),
    from: z.number().int().nonnegative(),
    due: z.number().int().positive(),
    for: z
      .array(z.enum(['product', 'service', 'price', 'competitor', 'life-change', 'moved', 'unknown']))
      .exactOptional(),
    reaches: z.boolean(),
    done: z.array(z.enum(['claim', 'contacted', 'retained'])).default([]),
    says: textSchema,
    cooling: textSchema.exactOptional(),
    warming: textSchema.exactOptional(),
    sends: textSchema.exactOptional(),
  })
  .refine(({ from, due }) => from < due, 'a step begins before it is due')

export const carePlanSchema = z.strictObject({
  danger: z.number().gt(0).lt(1),
  weeks: z.number().int().positive(),
  steps: z
    .array(stepSchema)
    .min(1)
    .refine((steps) => new Set(steps.map(({ name }) => name)).size === steps.length, 'a name is used twice'),
})

export type CarePlan = z.infer<typeof carePlanSchema>

/** A step as it is to be done now. */
export interface CareStep {
  readonly name: string
  readonly says: Text
  readonly dueAt: Date
  readonly late: boolean
  /** What automated care may say to the customer and thereby do the step; absent: it takes a person, or comes too late. */
  readonly sends?: Text
}

/** Where a case stands in the plan. */
export interface CareCourse {
  /** The present week, from 1. */
  readonly week: number
  readonly weeks: number
  /** What is due this week and not done, the oldest first. */
  readonly due: readonly CareStep[]
  /** Steps done, of those that apply. */
  readonly done: number
  readonly of: number
}

/** What of a case the plan goes by. */
export type Planned = Pick<Alert, 'tier' | 'state' | 'openedAt' | 'course'> & {
  readonly assessment: Pick<Assessment, 'cause' | 'highValue' | 'forecast'>
}

/** A case over without the customer kept has no plan any more. */
const PLANNED: readonly Alert['state'][] = [...AT_WORK, 'retained']

/** Null: the customer is in no danger, the case is over, or the weeks are. */
export function careCourse(
  plan: CarePlan,
  alert: Planned,
  actions: readonly Pick<Action, 'verb' | 'detail'>[],
  contactConsent: boolean | null,
  now: Date,
): CareCourse | null {
  const day = (now.getTime() - alert.openedAt.getTime()) / DAY
  if (!isInDanger(plan, alert) || !PLANNED.includes(alert.state) || day >= plan.weeks * 7) return null
  const steps = stepsFor(plan, alert, contactConsent)
  const done = doneSteps(plan, actions)
  const due = steps.filter(({ name, from }) => !done.has(name) && from <= day)
  const lastSent = plan.steps.findLast(({ name, sends }) => sends !== undefined && done.has(name))
  return {
    week: Math.floor(day / 7) + 1,
    weeks: plan.weeks,
    due: due.map((step) => {
      const dueAt = new Date(alert.openedAt.getTime() + step.due * DAY)
      // What was missed is not sent after what came later.
      const sends = step.from < (lastSent?.from ?? 0) ? undefined : sendsOf(step, alert)
      const said = { name: step.name, says: wordsOf(step, alert), dueAt, late: dueAt < now }
      return sends === undefined ? said : { ...said, sends }
    }),
    done: steps.filter(({ name }) => done.has(name)).length,
    of: steps.length,
  }
}

/**
 * Which steps of the plan were due while a case had one, and whether they were done; none: the customer was in no danger.
 * Who was kept stays in the plan; `over`: when the case ended otherwise, else now.
 */
export function stepsAsked(
  plan: CarePlan,
  alert: Omit<Planned, 'course' | 'state'>,
  actions: readonly Pick<Action, 'verb' | 'detail'>[],
  contactConsent: boolean | null,
  over: Date,
): { readonly name: string; readonly says: Text; readonly done: boolean }[] {
  if (!isInDanger(plan, alert)) return []
  const day = (+over - +alert.openedAt) / DAY
  const done = doneSteps(plan, actions)
  return stepsFor(plan, alert, contactConsent)
    .filter(({ due }) => due <= day)
    .map(({ name, says }) => ({ name, says, done: done.has(name) }))
}

/** Steps for the likely reason, without those that would reach who must not be contacted. */
function stepsFor(
  plan: CarePlan,
  { assessment: { cause } }: Pick<Planned, 'assessment'>,
  contactConsent: boolean | null,
): CarePlan['steps'] {
  return plan.steps.filter(
    (step) => (step.for?.includes(cause) ?? true) && !(step.reaches && contactConsent === false),
  )
}

function isInDanger(
  { danger }: CarePlan,
  { tier, assessment }: Pick<Planned, 'tier' | 'assessment'>,
): boolean {
  const { highValue, forecast } = assessment
  return highValue && (forecast === undefined ? tier === 'P0' : forecast.probability > danger)
}

/** By the moves that show it, and by what was noted; what was taken back counts no more. */
function doneSteps(plan: CarePlan, actions: readonly Pick<Action, 'verb' | 'detail'>[]): Set<string> {
  const standing: Pick<Action, 'verb' | 'detail'>[] = []
  for (const action of actions) {
    if (action.verb === 'undo')
      standing.splice(
        standing.findLastIndex(({ verb }) => verb === action.detail.undone),
        1,
      )
    else standing.push(action)
  }
  const verbs = new Set<string>(standing.map(({ verb }) => verb))
  const noted = new Set(standing.flatMap(({ detail }) => detail.step ?? []))
  return new Set(
    plan.steps.flatMap(({ name, done }) =>
      noted.has(name) || done.some((verb) => verbs.has(verb)) ? [name] : [],
    ),
  )
}

/** A watch that cools or warms asks for something else. */
function wordsOf({ says, cooling, warming }: CarePlan['steps'][number], { state, course }: Planned): Text {
  if (state !== 'watch') return says
  if (course === 'cooling') return cooling ?? says
  return course === 'warming' ? (warming ?? says) : says
}

/** Whoever cools is to be phoned. */
function sendsOf({ sends }: CarePlan['steps'][number], { state, course }: Planned): Text | undefined {
  return state === 'watch' && course === 'cooling' ? undefined : sends
}
