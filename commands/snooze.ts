import { DAY, HOUR } from '../src/clock.ts'
import type { Command } from '../src/command.ts'
import { ForeshockError } from '../src/errors.ts'
import { nextOpening, type WorkingTime } from '../src/records/working-time.ts'
import { instantOf, midnightBefore } from '../src/records/zone.ts'
import { text } from '../src/text.ts'
import { inBothLanguages } from '../templates/both.ts'
import { snoozeForm } from '../templates/form.ts'
import { snoozedNote } from '../templates/note.ts'
import { askFirst, moveFor } from './case/move.ts'
import { type CaseWords, parseCase } from './case/number.ts'

export const snooze: Command<CaseWords> = {
  name: 'snooze',
  summary: text(
    '暂缓一个预警：2h、3d、1w、tomorrow 或 work（上班时）',
    'Put a case off: 2h, 3d, 1w, tomorrow, or work for the next working hours',
  ),
  usage: 'snooze A-1042 3d',
  role: 'csm',
  takes: 'alert',
  parse: (words) => parseCase(words, snooze.usage),
  run: async (ctx, request) => {
    const { no, rest } = request.args
    const wanted = (request.form?.['for'] ?? rest).trim()
    if (wanted === '') return askFirst(ctx, request, no, 'snooze', snoozeForm)
    const { working } = await ctx.caseRules()
    const until = wakeTime(wanted, ctx.clock.now(), request.by.timeZone, working)
    return moveFor(ctx, request, no, { verb: 'snooze', until }, '', (alert, view) =>
      inBothLanguages(snoozedNote, { no: alert.no, until: alert.snoozedUntil ?? until }, view),
    )
  },
}

const LONGEST = 30 * DAY
const WEEK = 7 * DAY
const UNITS: Readonly<Record<string, number>> = {
  h: HOUR,
  小时: HOUR,
  d: DAY,
  天: DAY,
  w: WEEK,
  周: WEEK,
  星期: WEEK,
}

const CHINESE = '一二三四五六七八九十'
const counted = (said: string): number => CHINESE.indexOf(said.replace('两', '二')) + 1 || Number(said)

/**
 * When a snoozed case comes back: `2h`, `3d`, `1w` (`2小时`, `三天`, `1周`), `tomorrow` (9:00 in the person's time zone),
 * or `work`: the team's next working hours; during them, those of the next working day.
 *
 * @throws ForeshockError BAD_INPUT
 */
export function wakeTime(words: string, now: Date, timeZone: string, working: WorkingTime): Date {
  if (/^(tomorrow|明天)$/i.test(words))
    return new Date(instantOf(tomorrow(now, timeZone) + 9 * HOUR, timeZone))
  if (/^(work|working hours|上班|上班时|上班时间)$/i.test(words)) return nextWork(now, working)
  const found = /^(\d{1,3}|[一二两三四五六七八九十])\s*个?([hdw]|小时|天|周|星期)$/i.exec(words)
  const span = found === null ? Number.NaN : counted(found[1]!) * UNITS[found[2]!.toLowerCase()]!
  if (span > 0 && span <= LONGEST) return new Date(now.getTime() + span)
  throw new ForeshockError(
    'BAD_INPUT',
    text(`看不懂暂缓时间“${words}”。`, `"${words}" is not a time to snooze for.`),
    text(
      '可以写 2小时、3天、1周、明天 或 上班，最长 30 天。',
      'Write 2h, 3d, 1w, tomorrow or work; 30 days at most.',
    ),
  )
}

/** Tomorrow's midnight on the zone's wall clock. */
function tomorrow(now: Date, timeZone: string): number {
  return midnightBefore(now.getTime(), timeZone) + DAY
}

function nextWork(now: Date, working: WorkingTime): Date {
  const opening = nextOpening(now, working)
  if (opening > now) return opening
  return nextOpening(new Date(instantOf(tomorrow(now, working.timeZone), working.timeZone)), working)
}
