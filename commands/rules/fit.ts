import type { Context } from '../../src/context.ts'
import { compileExpression, type Expression } from '../../src/features/expression.ts'
import { featureNames } from '../../src/features/feature-list.ts'
import type { Look } from '../../src/risk/look.ts'
import type { RuleFit } from '../../templates/rule-fit.ts'

const EXAMPLES = 5

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
