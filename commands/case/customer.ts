import type { Alert } from '../../src/alerts/alert.ts'
import { HOUR } from '../../src/clock.ts'
import type { Context } from '../../src/context.ts'
import { ForeshockError } from '../../src/errors.ts'
import { rateFeatures } from '../../src/features/rate-features.ts'
import { text } from '../../src/text.ts'
import type { Customer } from '../../src/timeline/history.ts'
import { type MoneyView, moneyFeatures } from '../../templates/numbers.ts'
import { caseByNo } from './move.ts'

/**
 * The customer someone means: `C-123`, a CRM id, a phone number, a name, or the number of their case.
 *
 * @throws ForeshockError NOT_FOUND, or BAD_INPUT when several fit
 */
export async function customerMeant(
  ctx: Context,
  words: string,
): Promise<{ customer: Customer; alert: Alert | null }> {
  const no = /^a-?(\d{1,9})$/i.exec(words)?.[1]
  if (no !== undefined) {
    const alert = await caseByNo(ctx, Number(no))
    return { customer: (await ctx.store.customers.get(alert.customer))!, alert }
  }
  const found = await ctx.store.customers.find(words, 6)
  if (found.length === 1) return { customer: found[0]!, alert: await ctx.store.alerts.current(found[0]!.id) }
  if (found.length === 0) {
    throw new ForeshockError(
      'NOT_FOUND',
      text(`没有找到客户“${words}”。`, `No customer fits "${words}".`),
      text('可以用 C-123、CRM 编号、手机号或姓名。', 'Use C-123, the CRM id, the phone number or the name.'),
    )
  }
  const list = found.slice(0, 5).map((each) => `C-${each.no}`)
  const more = found.length > 5 ? '…' : ''
  throw new ForeshockError(
    'BAD_INPUT',
    text(
      `有多位客户符合“${words}”：${list.join('、')}${more}。`,
      `Several customers fit "${words}": ${list.join(', ')}${more}.`,
    ),
    text('请用其中一个编号。', 'Use one of these numbers.'),
  )
}

export function moneyView(ctx: Context): MoneyView {
  const { config, profile } = ctx
  return {
    currency: config.company.currency,
    features: moneyFeatures(profile),
    rates: rateFeatures(profile),
  }
}

/** How old the newest record was when everyone was last judged, hours until now. */
export async function dataAgeHours(ctx: Context): Promise<number> {
  const horizon = await ctx.store.assessments.horizon()
  return horizon === null ? Number.NaN : (ctx.clock.now().getTime() - horizon.getTime()) / HOUR
}
