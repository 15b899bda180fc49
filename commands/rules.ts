import type { Command, Reply, Request } from '../src/command.ts'
import type { Context } from '../src/context.ts'
import { ForeshockError } from '../src/errors.ts'
import { ruleAdvice } from '../src/judging/advice.ts'
import { triesIn } from '../src/judging/rule-try.ts'
import { ruleChanges } from '../src/judging/terms.ts'
import { mayActAs } from '../src/records/person.ts'
import { RULES_SETTING, readRuleChanges, withRules } from '../src/signals/rule-changes.ts'
import { text } from '../src/text.ts'
import { ruleChangedCard, rulesBackNote } from '../templates/rule-change.ts'
import { ruleFitCard } from '../templates/rule-fit.ts'
import { RULES_PAGE, type RuleLine, rulesCard } from '../templates/rules.ts'
import { moneyView } from './case/customer.ts'
import { answer } from './case/move.ts'
import { pageOf } from './case/page.ts'
import { edited, refuseNumber } from './rules/edit.ts'
import { countOf, fitOf } from './rules/fit.ts'
import { previewed } from './rules/preview.ts'
import { tryRule } from './rules/try.ts'
import { parseRules, RULES_USAGE, type RuleEdit, type RulesWords } from './rules/words.ts'
import { takeBack } from './settings/take-back.ts'

export const rules: Command<RulesWords> = {
  name: 'rules',
  summary: text(
    '预警规则：各命中多少客户、被判误报几次；试一个表达式；增改停用先试算，确认后生效',
    'Warning rules: whom each fits, how often it was wrong; try one; add, change or switch one off, with a preview first',
  ),
  usage: RULES_USAGE,
  role: 'manager',
  takes: 'rule',
  parse: parseRules,
  run: async (ctx, request) => {
    const { args, by } = request
    if (args.act === 'list') return listed(ctx, request, args.page)
    if (args.act === 'test') {
      // Read before anyone is looked at: a fault is told at once.
      refuseNumber(args.expression, ctx.profile)
      const fit = fitOf(ctx, await ctx.scorer.look(ctx.clock.now()), args.expression)
      return answer(ctx, request, ruleFitCard, { fit, money: moneyView(ctx) })
    }
    if (!mayActAs(by.role, 'admin')) throw onlyForAdmins()
    if (args.act === 'undo') {
      await takeBack(ctx, RULES_SETTING, by.id)
      return answer(ctx, request, rulesBackNote, {})
    }
    if (args.act === 'try') return tryRule(ctx, request, args)
    return args.confirmed ? apply(ctx, request, args) : previewed(ctx, request, args)
  },
}

async function listed(ctx: Context, request: Request<unknown>, wanted: number): Promise<Reply> {
  const changes = await ruleChanges(ctx)
  const { rules } = withRules(ctx.profile, changes)
  const { rows, ...place } = pageOf(rules, wanted, RULES_PAGE)
  const look = await ctx.scorer.look(ctx.clock.now())
  const told = new Map((await ctx.store.reports.ruleCases()).map((each) => [each.rule, each]))
  const lines = rows.map(
    ({ name, when, says, enabled }): RuleLine => ({
      ...{ name, when: when.trim(), says, enabled },
      fires: countOf(ctx, look, when),
      cases: told.get(name)?.cases ?? 0,
      dismissed: told.get(name)?.dismissed ?? 0,
      origin: ctx.profile.rules.some((shipped) => shipped.name === name)
        ? changes.some((change) => change.name === name)
          ? 'changed'
          : 'shipped'
        : 'own',
    }),
  )
  return answer(ctx, request, rulesCard, {
    ...{ rules: lines, ...place },
    mayEdit: mayActAs(request.by.role, 'admin'),
    advice: await ruleAdvice(ctx),
    tried: (await triesIn(ctx.store.settings)).map(({ name, until }) => ({
      name,
      until: new Date(until),
    })),
  })
}

async function apply(ctx: Context, request: Request<unknown>, edit: RuleEdit): Promise<Reply> {
  const [by, now] = [request.by.id, ctx.clock.now()]
  await ctx.store.transaction(async ({ settings }) => {
    const changes = edited(ctx.profile, readRuleChanges(await settings.forUpdate(RULES_SETTING)), edit)
    await settings.set(RULES_SETTING, changes.length === 0 ? null : changes, by, now)
  })
  return answer(ctx, request, ruleChangedCard, { act: edit.act, name: edit.name })
}

function onlyForAdmins(): ForeshockError {
  return new ForeshockError(
    'FORBIDDEN',
    text('主管可以查看和试规则，修改要管理员。', 'Managers see and try rules; changing them takes an admin.'),
    text('请管理员修改。', 'Ask an admin to change it.'),
  )
}
