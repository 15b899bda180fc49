import type { Context } from '../../src/context.ts'
import { compileExpression, type Expression } from '../../src/features/expression.ts'
import { featureNames } from '../../src/features/feature-list.ts'
import type { Look } from '../../src/risk/look.ts'
import { RULES_SETTING, type RuleChange, readRuleChanges } from '../../src/signals/rule-changes.ts'
import type { RuleFit } from '../../templates/rule-fit.ts'

const EXAMPLES = 5

/** What was changed of the rules from chat. */
export async function ruleChanges(ctx: Context): Promise<readonly RuleChange[]> {
  return readRuleChanges((await ctx.store.settings.all()).get(RULES_SETTING))
}

/** Whom an expression fits, the most valuable first. */
export function fitOf(ctx: Context, look: Look, expression: string): RuleFit {
  const condition = compileExpression(expression, featureNames(ctx.profile))
  const answers = answersOf(look, condition)
  const holds = answers.flatMap((told, index) =>
    told === 1 ? [{ facts: look.facts.at(index)!, index }] : [],
  )
  const byValue = holds.toSorted((a, b) => (b.facts.ltvMinor ?? -1) - (a.facts.ltvMinor ?? -1))
  return {
    expression,
    holds: holds.length,
    unknown: answers.filter(Number.isNaN).length,
    of: answers.length,
    examples: byValue.slice(0, EXAMPLES).map(({ facts, index }) => ({
      customer: facts,
      numbers: condition.uses.map((feature) => ({ feature, value: look.feature(index, feature) })),
    })),
  }
}

/** For each customer 1 (holds), 0 (does not) or NaN (not known). */
function answersOf(look: Look, condition: Expression): number[] {
  return Array.from({ length: look.facts.length }, (_, index) =>
    condition.evaluate((name) => look.feature(index, name)),
  )
}

/** How many an expression fits. */
export function countOf(ctx: Context, look: Look, expression: string): number {
  return answersOf(look, compileExpression(expression, featureNames(ctx.profile))).filter(
    (told) => told === 1,
  ).length
}

/** Numbers of the customers whom it fitted at one of these instants. */
export async function fittedAt(
  ctx: Context,
  expression: string,
  dates: readonly Date[],
): Promise<ReadonlySet<number>> {
  const condition = compileExpression(expression, featureNames(ctx.profile))
  const fitted = new Set<number>()
  for (const date of dates) {
    const look = await ctx.scorer.look(date)
    answersOf(look, condition).forEach((told, index) => {
      if (told === 1) fitted.add(look.facts.at(index)!.no)
    })
  }
  return fitted
}
