import type { Context } from '../context.ts'
import { ForeshockError } from '../errors.ts'
import { MODEL_SETTING, type ModelRecord, readModelInUse } from '../learning/model-record.ts'
import type { Notice } from '../learning/notice.ts'
import { refuseOtherChurn, type Sidecar } from '../learning/sidecar.ts'
import type { Trial } from '../learning/trial.ts'
import { type Text, text } from '../text.ts'
import { keepersOf } from './announce.ts'

/** Number of the model in use; null: rules judge alone. */
export async function modelInUse(ctx: Context): Promise<number | null> {
  return readModelInUse((await ctx.store.settings.all()).get(MODEL_SETTING))
}

/**
 * Lets a model judge from the next scoring on. Throws NOT_FOUND, CONFLICT when it is not better than the rules and the
 * model in use, or what is wrong with its file.
 */
export async function promote(ctx: Context, no: number, by: { id: string; name: Text }): Promise<Change> {
  const model = await ctx.store.models.get(no)
  if (model === null || model.profile !== ctx.profile.name) throw noModel(no)
  refuseOtherChurn(model.sidecar as Sidecar, ctx.profile.churn)
  const inUse = await modelInUse(ctx)
  const trial = no === inUse ? model.trial : await trialBeside(ctx, model, inUse)
  if (trial.verdict !== 'better') throw notBetter(no, trial)
  return setInUse(ctx, no, by)
}

/** As it was tried when it was made, unless another judged then: who beat the rules may be worse than the model of now. */
function trialBeside(ctx: Context, { no, trial }: ModelRecord, inUse: number | null): Promise<Trial> | Trial {
  const isAsThen = (trial.champion?.no ?? null) === inUse
  const lostElsewhere = trial.verdict !== 'better' && trial.verdict !== 'not-better-than-champion'
  return isAsThen || lostElsewhere ? trial : ctx.models.evaluate(no)
}

/** Back to the rules. */
export function useRules(ctx: Context, by: { id: string; name: Text }): Promise<Change> {
  return setInUse(ctx, null, by)
}

/** Back to what judged before the last change. Throws CONFLICT when there was none. */
export async function rollback(ctx: Context, by: { id: string; name: Text }): Promise<Change> {
  const [last] = await ctx.store.settings.changes(MODEL_SETTING, 1)
  if (last === undefined) {
    throw new ForeshockError(
      'CONFLICT',
      text('还没有启用过模型。', 'No model was ever in use.'),
      text('没有可以退回的。', 'There is nothing to go back to.'),
    )
  }
  return setInUse(ctx, readModelInUse(last.before), by)
}

export interface Change {
  readonly before: number | null
  readonly after: number | null
}

async function setInUse(ctx: Context, no: number | null, by: { id: string; name: Text }): Promise<Change> {
  const now = ctx.clock.now()
  const keepers = await keepersOf(ctx)
  const change = await ctx.store.transaction(async (tables) => {
    const before = readModelInUse(await tables.settings.forUpdate(MODEL_SETTING))
    // Nothing is written for nothing: going back then still finds the last real change.
    if (before === no) return { before, after: no }
    await tables.settings.set(MODEL_SETTING, no, by.id, now)
    const notice: Notice = { kind: 'model-in-use', data: { no, before, by: by.name } }
    await tables.outbox.announce(notice, keepers, now)
    return { before, after: no }
  })
  ctx.wake()
  return change
}

function noModel(no: number): ForeshockError {
  return new ForeshockError('NOT_FOUND', text(`没有模型 M-${no}。`, `There is no model M-${no}.`), {
    ...text('输入 model 查看有哪些。', 'Type model to see what there is.'),
    shell: '`foreshock models` lists them.',
  })
}

function notBetter(no: number, { verdict, champion }: Trial): ForeshockError {
  if (verdict === 'not-better-than-champion' && champion !== null)
    return new ForeshockError(
      'CONFLICT',
      text(
        `在结果已知的最近几个月里，模型 M-${no} 没有胜过 M-${champion.no}，不能启用。`,
        `On the latest months whose outcome is known, model M-${no} did not beat M-${champion.no}, so it cannot be promoted.`,
      ),
      {
        ...text(
          '输入 train 重新训练；要退回上一个，用 promote back。',
          'Type train to learn another; promote back returns to what judged before.',
        ),
        shell: '`foreshock train` learns another; `foreshock rollback` returns to what judged before.',
      },
    )
  return new ForeshockError(
    'CONFLICT',
    text(
      `模型 M-${no} 在检验中没有胜过规则，不能启用。`,
      `Model M-${no} did not beat the rules, so it cannot be promoted.`,
    ),
    {
      ...text('输入 train 重新训练。', 'Type train to learn another.'),
      shell: '`foreshock train` learns another.',
    },
  )
}
