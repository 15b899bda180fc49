import { z } from 'zod'
import { DAY } from '../clock.ts'
import type { Context } from '../context.ts'
import { isExpected } from '../errors.ts'
import { compileExpression, type Expression } from '../features/expression.ts'
import { featureNames } from '../features/feature-list.ts'
import type { Notice } from '../learning/notice.ts'
import { readList } from '../records/stored-list.ts'
import type { RuleTried, RuleTry } from '../reports/advice.ts'
import { fittedAt } from './fitted.ts'

/** Under this name the rules that are tried are stored among the settings. */
export const TRIES_SETTING = 'rule-tries'

const trySchema = z.strictObject({
  name: z.string(),
  present: z.string(),
  when: z.string(),
  from: z.iso.datetime(),
  until: z.iso.datetime(),
  by: z.string(),
})

/** What is stored, without what does not read as a try. */
export function readTries(stored: unknown, unread?: (left: unknown) => void): readonly RuleTry[] {
  return readList(trySchema, stored, unread)
}

type SettingTable = Context['store']['settings']

export async function triesIn(settings: Pick<SettingTable, 'all'>): Promise<readonly RuleTry[]> {
  return readTries((await settings.all()).get(TRIES_SETTING))
}

/** From now on these are tried. */
export function keepTries(
  settings: Pick<SettingTable, 'set'>,
  tries: readonly RuleTry[],
  by: string,
  now: Date,
): Promise<void> {
  return settings.set(TRIES_SETTING, tries.length === 0 ? null : tries, by, now)
}

/** What is told of a try that has ended: how it went, or that one of its conditions no longer reads in this profile. */
export async function triedOut(
  ctx: Context,
  trial: RuleTry,
  signal?: AbortSignal,
): Promise<Extract<Notice, { kind: 'rule-tried' | 'rule-unreadable' }>> {
  const conditions: Expression[] = []
  for (const when of [trial.present, trial.when]) {
    try {
      conditions.push(compileExpression(when, featureNames(ctx.profile)))
    } catch (error) {
      if (!isExpected(error)) throw error
      const data = { name: trial.name, when, what: error.said.what, hint: error.said.hint }
      return { kind: 'rule-unreadable', data }
    }
  }
  return { kind: 'rule-tried', data: await heldBeside(ctx, trial, conditions, signal) }
}

/** Asks both conditions of everyone as they stood on each day of the try: what a night sees of a day is the same whenever it looks. */
async function heldBeside(
  ctx: Context,
  trial: RuleTry,
  conditions: readonly Expression[],
  signal?: AbortSignal,
): Promise<RuleTried> {
  const days = daysOf(trial)
  const [present, changed] = await fittedAt(ctx, conditions, days, signal)
  return {
    ...trial,
    days: days.length,
    fitted: present!.size,
    wouldFit: changed!.size,
    without: [...present!].filter((no) => !changed!.has(no)),
    besides: [...changed!].filter((no) => !present!.has(no)),
    spared: await sparedBy(ctx, trial, conditions[1]!),
  }
}

function daysOf({ from, until }: RuleTry): Date[] {
  const days: Date[] = []
  for (let at = Date.parse(from) + DAY; at <= Date.parse(until); at += DAY) days.push(new Date(at))
  return days
}

async function sparedBy(
  ctx: Context,
  { name, from, until }: RuleTry,
  changed: Expression,
): Promise<RuleTried['spared']> {
  const spared = { wrong: 0, right: 0, open: 0 }
  const cases = await ctx.store.reports.casesOnRule(name, new Date(from), new Date(until))
  for (const { customer, asOf, fate } of cases) {
    const history = await ctx.scorer.history(customer, new Date(asOf))
    if (history !== null && changed.evaluate((feature) => history.feature(feature)) !== 1) spared[fate] += 1
  }
  return spared
}
