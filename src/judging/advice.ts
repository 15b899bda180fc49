import { DAY } from '../clock.ts'
import type { Context } from '../context.ts'
import { featureNames } from '../features/feature-list.ts'
import type { Profile } from '../features/profile.ts'
import type { Advice, JudgedEvidence } from '../reports/advice.ts'
import { groupedBy } from '../reports/grouped.ts'
import type { Settings } from '../settings/settings.ts'
import { withRules } from '../signals/rule-changes.ts'
import type { SignalName } from '../signals/signal.ts'
import { type JudgedCase, stricterLimit, stricterRule } from '../signals/stricter.ts'
import { ruleChanges } from './terms.ts'

/** So far back cases are looked at. */
export const ADVICE_DAYS = 365
/** Cases of one rule that are judged again: the newest. */
const MOST_CASES = 500

/** What was dismissed too often over the last year, the worst first. */
export async function adviceNow(ctx: Context): Promise<Advice[]> {
  const [all, settings] = [await judgedLately(ctx), await ctx.settings()]
  return [...(await onRules(ctx, all, settings)), ...onOthers(all, settings)].sort(worstFirst)
}

/** The same of rules alone. */
export async function ruleAdvice(ctx: Context): Promise<Advice[]> {
  return (await onRules(ctx, await judgedLately(ctx), await ctx.settings())).sort(worstFirst)
}

/** The same of what is no rule, for which no history has to be read. */
export async function otherAdvice(ctx: Context): Promise<Advice[]> {
  return onOthers(await judgedLately(ctx), await ctx.settings()).sort(worstFirst)
}

function judgedLately(ctx: Context): Promise<JudgedEvidence[]> {
  return ctx.store.reports.judgedEvidence(new Date(ctx.clock.now().getTime() - ADVICE_DAYS * DAY))
}

function worstFirst(a: Advice, b: Advice): number {
  return b.wrong / b.of - a.wrong / a.of || b.wrong - a.wrong
}

async function onRules(ctx: Context, all: readonly JudgedEvidence[], settings: Settings): Promise<Advice[]> {
  const { rules } = withRules(ctx.profile, await ruleChanges(ctx))
  const advice: Advice[] = []
  for (const [name, cases] of groupedBy(all, (each) => each.rule)) {
    // One that is off, or no more, needs none.
    const rule = rules.find((each) => each.name === name && each.enabled)
    if (rule === undefined || !isTooOften(cases, settings)) continue
    const found = await ofRule(ctx, rule, cases)
    if (isTooOften(found, settings)) advice.push(found)
  }
  return advice
}

function onOthers(all: readonly JudgedEvidence[], settings: Settings): Advice[] {
  const advice: Advice[] = []
  const others = all.filter(({ rule }) => rule === null)
  for (const [signal, cases] of groupedBy(others, (each) => each.signal)) {
    const found = ofSignal(signal, cases, settings)
    if (isTooOften(found, settings)) advice.push(found)
  }
  const probable = ofProbability(all, settings)
  if (isTooOften(probable, settings)) advice.push(probable)
  return advice
}

function isTooOften(
  cases: readonly JudgedEvidence[] | Pick<Advice, 'wrong' | 'of'>,
  settings: Settings,
): boolean {
  const { wrong, of } = 'of' in cases ? cases : counted(cases)
  return (
    wrong >= Number(settings.value('advise.least')) && wrong > of * Number(settings.value('advise.share'))
  )
}

function counted(cases: readonly { readonly wrong: boolean }[]) {
  return { wrong: cases.filter((each) => each.wrong).length, of: cases.length }
}

async function ofRule(
  ctx: Context,
  { name, when }: Pick<Profile['rules'][number], 'name' | 'when'>,
  evidence: readonly JudgedEvidence[],
): Promise<Advice> {
  const cases: JudgedCase[] = []
  for (const { customer, asOf, wrong } of evidence.slice(0, MOST_CASES)) {
    const history = await ctx.scorer.history(customer, new Date(asOf))
    if (history !== null) cases.push({ wrong, get: (feature) => history.feature(feature) })
  }
  const from = when.trim()
  const { step, ...count } = stricterRule(from, featureNames(ctx.profile), cases)
  return {
    about: { kind: 'rule', name },
    ...count,
    step: step === null ? null : { from, to: step.when, dropped: step.dropped },
  }
}

/** Words are as old as their newest quote; of the others' limits none can be set from chat. */
function ofSignal(name: SignalName, evidence: readonly JudgedEvidence[], settings: Settings): Advice {
  if (name !== 'words') return { about: { kind: 'signal', name }, ...counted(evidence), step: null }
  const days = settings.wordsDays
  const cases = evidence
    .map(({ wrong, quotedAt, asOf }) => ({ wrong, number: (asOf - (quotedAt ?? asOf)) / DAY }))
    .filter(({ number }) => number <= days)
  const limits = Array.from({ length: Math.max(0, days - 1) }, (_, at) => days - 1 - at)
  return ofLimit('words.days', days, cases, limits, (age, limit) => age <= limit)
}

/** Cases that a middling probability alone opened. */
function ofProbability(evidence: readonly JudgedEvidence[], { bands }: Settings): Advice {
  const { medium, high } = bands
  const cases = [...groupedBy(evidence, (each) => each.alert).values()]
    .map(([first]) => first!)
    .filter(({ reason }) => reason === 'medium-probability')
    .map(({ wrong, probability }) => ({ wrong, number: probability ?? medium }))
    .filter(({ number }) => number >= medium)
  const steps = Math.max(0, Math.round((high - medium) * 100) - 1)
  const limits = Array.from({ length: steps }, (_, at) => Math.round(medium * 100 + at + 1) / 100)
  return ofLimit('band.p2', medium, cases, limits, (probability, limit) => probability >= limit)
}

function ofLimit(
  name: string,
  present: number,
  cases: readonly { readonly wrong: boolean; readonly number: number }[],
  limits: readonly number[],
  kept: (number: number, limit: number) => boolean,
): Advice {
  const step = stricterLimit(cases, limits, kept)
  return {
    about: { kind: 'setting', name },
    ...counted(cases),
    step: step === null ? null : { from: String(present), to: String(step.limit), dropped: step.dropped },
  }
}
