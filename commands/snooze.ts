import { DAY, HOUR } from '../src/clock.ts'
import type { Command } from '../src/command.ts'
import { ForeshockError } from '../src/errors.ts'
import { instantOf, offsetAt } from '../src/records/zone.ts'
import { text } from '../src/text.ts'
import { inBothLanguages } from '../templates/both.ts'
import { snoozeForm } from '../templates/form.ts'
import { snoozedNote } from '../templates/note.ts'
import { askFirst, moveFor } from './case/move.ts'
import { type CaseWords, parseCase } from './case/number.ts'

export const snooze: Command<CaseWords> = {
  name: 'snooze',
  summary: text('暂缓一个预警：2h、3d、1w 或 tomorrow', 'Put a case off: 2h, 3d, 1w or tomorrow'),
  usage: 'snooze A-1042 3d',
  role: 'csm',
  takes: 'alert',
  parse: (words) => parseCase(words, snooze.usage),
  run: async (ctx, request) => {
    const { no, rest } = request.args
    const wanted = (request.form?.['for'] ?? rest).trim()
    if (wanted === '') return askFirst(ctx, request, no, 'snooze', snoozeForm)
    const until = wakeTime(wanted, ctx.clock.now(), request.by.timeZone)
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

/**
 * When a snoozed case comes back: `2h`, `3d`, `1w` (`2小时`, `3天`, `1周`), or `tomorrow` (9:00 in the person's time zone).
 *
 * @throws ForeshockError BAD_INPUT
 */
export function wakeTime(words: string, now: Date, timeZone: string): Date {
  if (/^(tomorrow|明天)$/i.test(words)) {
    const wall = now.getTime() + offsetAt(now.getTime(), timeZone)
    const midnight = Math.floor(wall / DAY) * DAY
    return new Date(instantOf(midnight + DAY + 9 * HOUR, timeZone))
  }
  const found = /^(\d{1,3})\s*个?([hdw]|小时|天|周|星期)$/i.exec(words)
  const span = found === null ? Number.NaN : Number(found[1]) * UNITS[found[2]!.toLowerCase()]!
  if (span > 0 && span <= LONGEST) return new Date(now.getTime() + span)
  throw new ForeshockError(
    'BAD_INPUT',
    text(`看不懂暂缓时间“${words}”。`, `"${words}" is not a time to snooze for.`),
    text('可以写 2小时、3天、1周 或 明天，最长 30 天。', 'Write 2h, 3d, 1w or tomorrow; 30 days at most.'),
  )
}
