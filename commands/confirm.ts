import { DAY } from '../src/clock.ts'
import type { Command, Reply, Request } from '../src/command.ts'
import type { Context } from '../src/context.ts'
import { ForeshockError } from '../src/errors.ts'
import { churnKinds } from '../src/features/reported-kinds.ts'
import { heldOut } from '../src/judging/held-out.ts'
import { type CallFound, CONFIRMED_HERE } from '../src/records/confirmed.ts'
import { asksForCall } from '../src/settings/churn.ts'
import { departureOf } from '../src/signals/gone.ts'
import { clip, text } from '../src/text.ts'
import { callFoundNote, SUSPECTED_PAGE, suspectedCard } from '../templates/suspected.ts'
import { writeLike } from '../templates/usage.ts'
import { customerMeant, dataAgeHours, moneyView } from './case/customer.ts'
import { answer, nameOf } from './case/move.ts'
import { pageRead } from './case/page.ts'
import { CALLED } from './settings/history.ts'

export interface ConfirmWords {
  /** Null: the list of whom to call. */
  readonly customer: string | null
  readonly found: CallFound
  readonly mine: boolean
  readonly page: number
}

/** Who passed the limit longer ago is not called any more. Days. */
const RECENT_DAYS = 180

export const confirm: Command<ConfirmWords> = {
  name: 'confirm',
  summary: text(
    '疑似流失的客户：该给谁打电话，问过之后还在不在',
    'Suspected leavers: whom to call, and whether they are still customers',
  ),
  usage: 'confirm [mine | C-123 here | C-123 left]',
  role: 'csm',
  takes: 'customer',
  parse: parseConfirm,
  run: async (ctx, request) => {
    if (!asksForCall(ctx.profile)) throw notAsked()
    const { customer } = request.args
    return customer === null ? listed(ctx, request) : found(ctx, request, customer)
  },
}

/** @throws ForeshockError BAD_INPUT */
export function parseConfirm(words: string): ConfirmWords {
  const said = words.trim()
  const list = /^(mine)?\s*(?:page\s+(\d{1,4}))?$/i.exec(said)
  if (list !== null) {
    const page = Math.max(1, Number(list[2] ?? 1))
    return { customer: null, found: 'here', mine: list[1] !== undefined, page }
  }
  const [, customer, what = ''] = /^(\S.*?)[\s:：,，]+(here|left|还在|流失|已流失)$/i.exec(said) ?? []
  if (customer !== undefined) {
    const isHere = /^(here|还在)$/i.test(what)
    return { customer, found: isHere ? 'here' : 'left', mine: false, page: 1 }
  }
  throw new ForeshockError(
    'BAD_INPUT',
    text(`看不懂“${clip(said, 40)}”。`, `"${clip(said, 40)}" means nothing here.`),
    writeLike(confirm.usage),
  )
}

async function listed(ctx: Context, request: Request<ConfirmWords>): Promise<Reply> {
  const { mine, page: wanted } = request.args
  const asked = {
    ...{ now: ctx.clock.now(), days: RECENT_DAYS, churn: churnKinds(ctx.profile) },
    ...{ owner: mine ? request.by.id : null, except: [...(await heldOut(ctx)).keys()] },
  }
  const { list, page, pages } = await pageRead(wanted, SUSPECTED_PAGE, (part) =>
    ctx.store.suspected.list({ ...asked, ...part }),
  )
  return answer(ctx, request, suspectedCard, {
    rows: list.rows.map((row) => ({ ...row, ownerName: nameOf(ctx, row.owner) })),
    total: list.total,
    asked: mine ? 'mine' : '',
    inactiveDays: ctx.profile.churn.inactiveDays,
    page,
    pages,
    money: moneyView(ctx),
    dataAgeHours: await dataAgeHours(ctx),
  })
}

/** Kept as an event of the customer's own, so that whatever asks who has left gets the same answer. */
async function found(ctx: Context, request: Request<ConfirmWords>, words: string): Promise<Reply> {
  const { customer } = await customerMeant(ctx, words)
  const { found } = request.args
  const now = ctx.clock.now()
  const history = await ctx.scorer.history(customer.id, now)
  const departure = history === null ? null : departureOf(history, ctx.profile)
  if (departure === null) throw notSuspected(customer.no)
  if (found === 'left' && departure.how === 'cancelled') throw alreadyGone(customer.no)
  const { cancelled, inactiveDays } = ctx.profile.churn
  await ctx.store.transaction(async (tables) => {
    await tables.calls.add({
      customer: customer.id,
      kind: found === 'here' ? CONFIRMED_HERE : cancelled!,
      // Nobody leaves on the day they are asked: it was when they were last active.
      at: found === 'here' ? now : lastActive(departure.at, inactiveDays),
      ...{ by: request.by.id, request: request.id },
    })
    await tables.settings.note(`${CALLED}C-${customer.no}`, null, found, request.by.id, now)
  })
  return answer(ctx, request, callFoundNote, { customer, found })
}

function lastActive(limit: number, inactiveDays: number): Date {
  return new Date(limit - inactiveDays * DAY)
}

function notAsked(): ForeshockError {
  return new ForeshockError(
    'BAD_INPUT',
    text(
      '现在流失不用打电话确认，没有这份名单。',
      'Leavers are not confirmed by a call now, so there is no such list.',
    ),
    text(
      '要用的话，请管理员输入 config set churn.confirm call，重启后生效。',
      'To have it, an admin types config set churn.confirm call; it holds from the next start on.',
    ),
  )
}

function notSuspected(no: number): ForeshockError {
  return new ForeshockError(
    'CONFLICT',
    text(`C-${no} 没有离开这么久。`, `C-${no} has not been away for so long.`),
    text(`输入 show C-${no} 看他们的往来。`, `Type show C-${no} to see what they did.`),
  )
}

function alreadyGone(no: number): ForeshockError {
  return new ForeshockError(
    'CONFLICT',
    text(`C-${no} 已经确认流失。`, `C-${no} is known to have left.`),
    text(`如果其实还在，输入 confirm C-${no} here。`, `If they are still here, type confirm C-${no} here.`),
  )
}
