import { DAY } from '../../src/clock.ts'
import type { Reply, Request } from '../../src/command.ts'
import type { Context } from '../../src/context.ts'
import { ForeshockError } from '../../src/errors.ts'
import { ruleAdvice } from '../../src/judging/advice.ts'
import { keepTries, readTries, TRIES_SETTING } from '../../src/judging/rule-try.ts'
import { ruleChanges } from '../../src/judging/terms.ts'
import type { RuleTry } from '../../src/reports/advice.ts'
import { withRules } from '../../src/signals/rule-changes.ts'
import { text } from '../../src/text.ts'
import { ruleTryNote, ruleTryStoppedNote } from '../../templates/advice.ts'
import { answer } from '../case/move.ts'
import { refuseNumber, unknownRule } from './edit.ts'
import type { RulesWords } from './words.ts'

type Words = Extract<RulesWords, { act: 'try' }>

/** Lets a changed rule run beside the present one without effect, or ends it. */
export async function tryRule(ctx: Context, request: Request<unknown>, words: Words): Promise<Reply> {
  const { rules } = withRules(ctx.profile, await ruleChanges(ctx))
  const rule = rules.find(({ name }) => name === words.name)
  if (rule === undefined) {
    throw unknownRule(
      words.name,
      rules.map(({ name }) => name),
    )
  }
  if (words.expression === false) return stop(ctx, request, rule.name)
  const when = words.expression ?? (await proposedFor(ctx, rule.name))
  refuseNumber(when, ctx.profile)
  const now = ctx.clock.now()
  const days = Number((await ctx.settings()).value('try.days'))
  const until = new Date(now.getTime() + days * DAY)
  const trial: RuleTry = {
    ...{ name: rule.name, present: rule.when.trim(), when, by: request.by.id },
    ...{ from: now.toISOString(), until: until.toISOString() },
  }
  await ctx.store.transaction(async ({ settings }) => {
    const others = readTries(await settings.forUpdate(TRIES_SETTING)).filter(({ name }) => name !== rule.name)
    await keepTries(settings, [...others, trial], request.by.id, now)
  })
  return answer(ctx, request, ruleTryNote, { name: rule.name, when, until })
}

async function stop(ctx: Context, request: Request<unknown>, name: string): Promise<Reply> {
  const now = ctx.clock.now()
  await ctx.store.transaction(async ({ settings }) => {
    const tries = readTries(await settings.forUpdate(TRIES_SETTING))
    const left = tries.filter((each) => each.name !== name)
    if (left.length === tries.length) throw notTried(name)
    await keepTries(settings, left, request.by.id, now)
  })
  return answer(ctx, request, ruleTryStoppedNote, { name })
}

async function proposedFor(ctx: Context, rule: string): Promise<string> {
  const found = (await ruleAdvice(ctx)).find(({ about }) => about.name === rule)
  if (found?.step != null) return found.step.to
  throw new ForeshockError(
    'BAD_INPUT',
    text(`现在没有对规则“${rule}”的建议。`, `Nothing is proposed for the rule "${rule}" now.`),
    text(
      `写上要试的条件：rules try ${rule} visits_90 <= 1`,
      `Say what to try: rules try ${rule} visits_90 <= 1`,
    ),
  )
}

function notTried(name: string): ForeshockError {
  return new ForeshockError(
    'CONFLICT',
    text(`规则“${name}”没有在试行。`, `The rule "${name}" is not being tried.`),
    text('输入 rules 查看全部规则。', 'Type rules to see them all.'),
  )
}
