import type { Alert } from '../../src/alerts/alert.ts'
import { HOUR } from '../../src/clock.ts'
import type { Context } from '../../src/context.ts'
import { ForeshockError } from '../../src/errors.ts'
import { rateFeatures } from '../../src/features/rate-features.ts'
import { clip, type Locale, text } from '../../src/text.ts'
import type { Customer } from '../../src/timeline/history.ts'
import { customerName } from '../../templates/names.ts'
import { daysAgoFeatures, type MoneyView, moneyFeatures } from '../../templates/numbers.ts'
import { customerNo } from '../../templates/words.ts'
import { caseByNo } from './move.ts'

/** Of several who fit. */
const MOST_NAMED = 5

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
    return caseSeen(ctx, Number(no))
  }
  const found = await ctx.store.customers.find(words, MOST_NAMED + 1)
  if (found.length === 1) return { customer: found[0]!, alert: await ctx.store.alerts.current(found[0]!.id) }
  if (found.length === 0) {
    if (ctx.scope !== null) throw noneSeen(words)
    throw new ForeshockError(
      'NOT_FOUND',
      text(`没有找到客户“${words}”。`, `No customer fits "${words}".`),
      text('可以用 C-123、CRM 编号、手机号或姓名。', 'Use C-123, the CRM id, the phone number or the name.'),
    )
  }
  throw manyFit(words, found)
}

/** Their names and sites tell them apart; only who asked sees an error. */
function manyFit(words: string, found: readonly Customer[]): ForeshockError {
  const listed = (locale: Locale) =>
    found.slice(0, MOST_NAMED).map((each) => {
      const site = clip(each.site ?? '', 20)
      return [customerNo(each.no), customerName(each, false, locale), ...(site === '' ? [] : [site])].join(
        ' ',
      )
    })
  const more = found.length > MOST_NAMED ? '…' : ''
  return new ForeshockError(
    'BAD_INPUT',
    text(`有多位客户符合“${clip(words, 40)}”。`, `Several customers fit "${clip(words, 40)}".`),
    text(
      `请用其中一个编号，或把姓名写全：${listed('zh').join('、')}${more}`,
      `Use one of these numbers, or write the whole name: ${listed('en').join(', ')}${more}`,
    ),
  )
}

/**
 * A case and whom it is about.
 *
 * @throws ForeshockError NOT_FOUND, or FORBIDDEN for a customer its asker does not see
 */
export async function caseSeen(ctx: Context, no: number): Promise<{ customer: Customer; alert: Alert }> {
  const alert = await caseByNo(ctx, no)
  const customer = await ctx.store.customers.get(alert.customer)
  if (customer !== null) return { customer, alert }
  throw new ForeshockError(
    'FORBIDDEN',
    text(`A-${no} 的客户不在你能看的范围内。`, `The customer of A-${no} is not among those you see.`),
    ASK_ELSE,
  )
}

/** The same whether there is such a customer or not: whose name it is would be told otherwise. */
function noneSeen(words: string): ForeshockError {
  const said = clip(words, 40)
  return new ForeshockError(
    'NOT_FOUND',
    text(`你能看的客户里没有“${said}”。`, `None of the customers you see fits "${said}".`),
    ASK_ELSE,
  )
}

const ASK_ELSE = text(
  '你看得到自己负责的范围和派给你的单子；别的请主管查看。',
  'You see those in your scope and of cases you were given; ask your lead about others.',
)

export function moneyView(ctx: Context): MoneyView {
  const { config, profile } = ctx
  return {
    currency: config.company.currency,
    features: moneyFeatures(profile),
    rates: rateFeatures(profile),
    ago: daysAgoFeatures(profile),
  }
}

/**
 * How old the newest record was when everyone was last judged, hours until now; or the newest of what is `shown` (milliseconds),
 * where that came in since.
 */
export async function dataAgeHours(ctx: Context, shown: readonly number[] = []): Promise<number> {
  const horizon = await ctx.store.assessments.horizon()
  const known = [...(horizon === null ? [] : [horizon.getTime()]), ...shown].filter(Number.isFinite)
  return known.length === 0 ? Number.NaN : (ctx.clock.now().getTime() - Math.max(...known)) / HOUR
}
