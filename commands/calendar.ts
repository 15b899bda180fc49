import type { Command, Reply, Request } from '../src/command.ts'
import type { Context } from '../src/context.ts'
import { ForeshockError } from '../src/errors.ts'
import { mayActAs } from '../src/records/person.ts'
import type { OutsideEvent } from '../src/reports/outside-event.ts'
import { text } from '../src/text.ts'
import { CALENDAR_PAGE, calendarCard, calendarNote } from '../templates/calendar.ts'
import { answer } from './case/move.ts'
import { pageOf } from './case/page.ts'
import { CALENDAR_USAGE, type CalendarWords, parseCalendar } from './outside/words.ts'

/** Entries looked back at; older ones are in the database still. */
const MOST = 500

export const calendar: Command<CalendarWords> = {
  name: 'calendar',
  summary: text(
    '外部事件日历：节假日、促销、故障；标在客户之声的走势上，对比时可以排除',
    'Holidays, promotions, outages: shown beside the trends of voc, and left out of comparisons on request',
  ),
  usage: CALENDAR_USAGE,
  role: 'csm',
  takes: 'calendar',
  parse: parseCalendar,
  run: async (ctx, request) => {
    const { args } = request
    if (args.act === 'list') return listed(ctx, request, args.page)
    if (!mayActAs(request.by.role, 'admin')) throw onlyForAdmins()
    return args.act === 'add' ? added(ctx, request, args.event) : removed(ctx, request, args.no)
  },
}

async function listed(ctx: Context, request: Request<unknown>, wanted: number): Promise<Reply> {
  const events = await ctx.store.outsideEvents.list(MOST)
  return answer(ctx, request, calendarCard, {
    ...pageOf(events, wanted, CALENDAR_PAGE),
    mayEdit: mayActAs(request.by.role, 'admin'),
  })
}

async function added(
  ctx: Context,
  request: Request<unknown>,
  event: Omit<OutsideEvent, 'no'>,
): Promise<Reply> {
  const now = ctx.clock.now()
  const no = await ctx.store.transaction(async ({ outsideEvents, settings }) => {
    const given = await outsideEvents.add(event, request.by.id, now)
    if (given !== null) await settings.note(recordOf(given), null, event, request.by.id, now)
    return given
  })
  if (no === null) {
    throw new ForeshockError(
      'CONFLICT',
      text('日历里已经有这一条。', 'The calendar has this very entry already.'),
      text('输入 calendar 查看。', 'Type calendar to see it.'),
    )
  }
  return answer(ctx, request, calendarNote, { did: 'added', event: { no, ...event } })
}

async function removed(ctx: Context, request: Request<unknown>, no: number): Promise<Reply> {
  const now = ctx.clock.now()
  const event = await ctx.store.transaction(async ({ outsideEvents, settings }) => {
    const gone = await outsideEvents.remove(no)
    if (gone !== null) await settings.note(recordOf(no), gone, null, request.by.id, now)
    return gone
  })
  if (event !== null) return answer(ctx, request, calendarNote, { did: 'removed', event })
  throw new ForeshockError(
    'NOT_FOUND',
    text(`日历里没有 E-${no}。`, `There is no E-${no} in the calendar.`),
    text('输入 calendar 查看有哪些。', 'Type calendar to see what there is.'),
  )
}

/** Changes of the calendar stand in the sealed record under this name. */
function recordOf(no: number): string {
  return `calendar E-${no}`
}

function onlyForAdmins(): ForeshockError {
  return new ForeshockError(
    'FORBIDDEN',
    text('谁都能看，修改日历要管理员。', 'Looking is fine; changing the calendar takes an admin.'),
    text('请管理员添加或删除。', 'Ask an admin to add or remove it.'),
  )
}
