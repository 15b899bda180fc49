import type { Command } from '../src/command.ts'
import type { Context } from '../src/context.ts'
import { ForeshockError } from '../src/errors.ts'
import { isCondition } from '../src/features/condition.ts'
import { compileExpression, type Expression } from '../src/features/expression.ts'
import { featureNames } from '../src/features/feature-list.ts'
import { nearest } from '../src/nearest.ts'
import type { Look } from '../src/risk/look.ts'
import { clip, text } from '../src/text.ts'
import { type RuleLine, rulesCard } from '../templates/rules.ts'
import { moneyView } from './case/customer.ts'
import { answer } from './case/move.ts'

export type RulesWords = { readonly act: 'list' } | { readonly act: 'test'; readonly expression: string }

const EXAMPLES = 5

export const rules: Command<RulesWords> = {
  name: 'rules',
  summary: text(
    '预警规则：各命中多少客户、被判误报几次；或试一个表达式',
    'Warning rules: whom each fits now, how often it was wrong; or try an expression',
  ),
  usage: 'rules [list | test EXPRESSION]',
  role: 'manager',
  takes: 'rule',
  parse: parseRules,
  run: async (ctx, request) => {
    const { args } = request
    if (args.act === 'list')
      return answer(ctx, request, rulesCard, { kind: 'list', rules: await linesOf(ctx) })
    // Read before anyone is looked at: a fault is told at once.
    const names = featureNames(ctx.profile)
    const condition = compileExpression(args.expression, names)
    if (!isCondition(args.expression, names)) throw notACondition()
    const look = await ctx.scorer.look(ctx.clock.now())
    const answers = answersOf(look, condition)
    const holds = answers.flatMap((told, index) =>
      told === 1 ? [{ facts: look.facts.at(index)!, index }] : [],
    )
    const byValue = holds.toSorted((a, b) => (b.facts.ltvMinor ?? -1) - (a.facts.ltvMinor ?? -1))
    return answer(ctx, request, rulesCard, {
      kind: 'test',
      expression: args.expression,
      holds: holds.length,
      unknown: answers.filter(Number.isNaN).length,
      of: answers.length,
      examples: byValue.slice(0, EXAMPLES).map(({ facts, index }) => ({
        customer: facts,
        numbers: condition.uses.map((feature) => ({ feature, value: look.feature(index, feature) })),
      })),
      money: moneyView(ctx),
    })
  },
}

/** @throws ForeshockError BAD_INPUT */
export function parseRules(words: string): RulesWords {
  const [, act = 'list', rest = ''] = /^(\S+)\s*([\s\S]*)$/.exec(words.trim()) ?? []
  if (act.toLowerCase() === 'list') return { act: 'list' }
  if (act.toLowerCase() === 'test') {
    if (rest !== '') return { act: 'test', expression: rest.replace(/\s+/g, ' ') }
    throw new ForeshockError(
      'BAD_INPUT',
      text('没写要试的表达式。', 'Which expression?'),
      text('例如：rules test visits_90 = 0 and ltv > 0', 'For example: rules test visits_90 = 0 and ltv > 0'),
    )
  }
  const near = nearest(act, ['list', 'test'])
  throw new ForeshockError(
    'BAD_INPUT',
    text(`rules 没有“${clip(act, 40)}”这个用法。`, `rules does not know "${clip(act, 40)}".`),
    near === null
      ? text(`这样写：${rules.usage}`, `Write it like this: ${rules.usage}`)
      : text(`是不是想输入 rules ${near}？`, `Did you mean rules ${near}?`),
  )
}

async function linesOf(ctx: Context): Promise<RuleLine[]> {
  const look = await ctx.scorer.look(ctx.clock.now())
  const names = featureNames(ctx.profile)
  const told = new Map((await ctx.store.reports.ruleCases()).map((each) => [each.rule, each]))
  return ctx.profile.rules.map(({ name, when, says, enabled }) => ({
    name,
    when: when.trim(),
    says,
    enabled,
    fires: answersOf(look, compileExpression(when, names)).filter((value) => value === 1).length,
    cases: told.get(name)?.cases ?? 0,
    dismissed: told.get(name)?.dismissed ?? 0,
  }))
}

/** For each customer 1 (holds), 0 (does not) or NaN (not known). */
function answersOf(look: Look, condition: Expression): number[] {
  return Array.from({ length: look.facts.length }, (_, index) =>
    condition.evaluate((name) => look.feature(index, name)),
  )
}

function notACondition(): ForeshockError {
  return new ForeshockError(
    'BAD_INPUT',
    text('这个表达式得出的是数值，不是“成立”或“不成立”。', 'The expression gives numbers, not yes or no.'),
    text('请加上比较，例如 visits_90 >= 1。', 'Compare with something, such as visits_90 >= 1.'),
  )
}
