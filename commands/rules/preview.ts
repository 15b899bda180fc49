import type { Reply, Request } from '../../src/command.ts'
import type { Context } from '../../src/context.ts'
import { compileExpression } from '../../src/features/expression.ts'
import { featureNames } from '../../src/features/feature-list.ts'
import { fittedAt } from '../../src/judging/fitted.ts'
import { modelInUse } from '../../src/judging/promote.ts'
import { ruleChanges } from '../../src/judging/terms.ts'
import { withRules } from '../../src/signals/rule-changes.ts'
import { rulePreviewCard } from '../../templates/rule-change.ts'
import { moneyView } from '../case/customer.ts'
import { answer } from '../case/move.ts'
import { nightsUpTo, REPLAY_DAYS, tryOut } from '../settings/replay.ts'
import { edited } from './edit.ts'
import { fitOf } from './fit.ts'
import type { RuleEdit } from './words.ts'

/** Whom the rule fits now, whom it fitted over the last days, and what the change would have done to alerts; changes nothing. */
export async function previewed(ctx: Context, request: Request<unknown>, edit: RuleEdit): Promise<Reply> {
  const { profile } = ctx
  const present = await ruleChanges(ctx)
  const proposed = edited(profile, present, edit)
  const find = (changes: typeof present) =>
    withRules(profile, changes).rules.find(({ name }) => name === edit.name)
  const [before, after] = [find(present), find(proposed)]
  const rule = (after ?? before)!
  const look = await ctx.scorer.look(ctx.clock.now())
  const condition = compileExpression(rule.when, featureNames(profile))
  const nights = await nightsUpTo(ctx, ctx.clock.now(), REPLAY_DAYS, 2)
  const [fitted] = await fittedAt(ctx, [condition], nights)
  const settings = await ctx.settings()
  const trial = await tryOut(ctx, { ...settings, rules: present }, { ...settings, rules: proposed })
  return answer(ctx, request, rulePreviewCard, {
    act: edit.act,
    rule: { name: rule.name, says: rule.says, before: before?.when.trim() ?? null },
    fit: fitOf(ctx, look, rule.when),
    past: {
      days: REPLAY_DAYS,
      fitted: fitted!.size,
      left: trial.before.left.filter((no) => fitted!.has(no)).length,
    },
    trial,
    judgedByModel: (await modelInUse(ctx)) !== null,
    names: new Map(ctx.people.all.map(({ id, name }) => [id, name])),
    money: moneyView(ctx),
    command: commandOf(edit),
  })
}

/** What applies the change. */
function commandOf(edit: RuleEdit): string {
  const { act, name } = edit
  const condition = act === 'add' || act === 'change' ? ` ${edit.expression}` : ''
  const title = act === 'add' && edit.title !== null ? ` as ${edit.title.zh}/${edit.title.en}` : ''
  return `${act} ${name}${condition}${title} confirm`
}
