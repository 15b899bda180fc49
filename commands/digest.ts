import type { Command, Reply, Request } from '../src/command.ts'
import type { Context } from '../src/context.ts'
import { ForeshockError } from '../src/errors.ts'
import { morningCases, morningOf } from '../src/judging/morning.ts'
import { weekReport } from '../src/judging/week.ts'
import { mayActAs } from '../src/records/person.ts'
import { MORNING_OFF_SETTING, offIn } from '../src/records/route.ts'
import { clip, text } from '../src/text.ts'
import { morningCard, morningNote } from '../templates/morning.ts'
import { writeLike } from '../templates/usage.ts'
import { weekCard } from '../templates/week.ts'
import { morningData } from './case/morning.ts'
import { answer } from './case/move.ts'

export type DigestWords = 'mine' | 'week' | 'usual' | 'on' | 'off'

export const digest: Command<DigestWords> = {
  name: 'digest',
  summary: text(
    '今天要办的：超时、今天到期、新来的、观察期要留意的；主管看一周小结；off 不再每天早上发给我',
    'What today asks of me: late, due, new, watches to look at; managers get the week’s report; off: not each morning',
  ),
  usage: 'digest [mine | week | on | off]',
  role: 'csm',
  takes: 'digest',
  parse: parseDigest,
  run: async (ctx, request) => {
    if (request.args === 'on' || request.args === 'off') return changed(ctx, request, request.args === 'on')
    const isManager = mayActAs(request.by.role, 'manager')
    if (request.args === 'week' && !isManager) throw forManagers()
    const wantsWeek = request.args === 'week' || (request.args === 'usual' && isManager)
    return wantsWeek
      ? answer(ctx, request, weekCard, { ...(await weekReport(ctx)), currency: ctx.config.company.currency })
      : morning(ctx, request)
  },
}

/** @throws ForeshockError BAD_INPUT */
export function parseDigest(words: string): DigestWords {
  const said = words.trim().toLowerCase()
  if (said === '') return 'usual'
  if (/^(mine|today|我的|今天)$/.test(said)) return 'mine'
  if (/^(week|weekly|周报|本周|上周)$/.test(said)) return 'week'
  if (/^(on|开启|打开)$/.test(said)) return 'on'
  if (/^(off|关闭|停止)$/.test(said)) return 'off'
  throw new ForeshockError(
    'BAD_INPUT',
    text(`digest 没有“${clip(said, 40)}”这一项。`, `digest does not know "${clip(said, 40)}".`),
    writeLike(digest.usage),
  )
}

async function morning(ctx: Context, request: Request<unknown>): Promise<Reply> {
  const list = await morningOf(ctx, request.by, await morningCases(ctx))
  return answer(ctx, request, morningCard, await morningData(ctx, request.by.id, list))
}

/** Turns one's own morning list on or off. */
async function changed(ctx: Context, request: Request<DigestWords>, on: boolean): Promise<Reply> {
  const { id } = request.by
  const now = ctx.clock.now()
  await ctx.store.transaction(async ({ settings }) => {
    const off = offIn(await settings.forUpdate(MORNING_OFF_SETTING))
    if (off.includes(id) === on) {
      const after = on ? off.filter((each) => each !== id) : [...off, id]
      await settings.set(MORNING_OFF_SETTING, after, id, now)
    }
  })
  return answer(ctx, request, morningNote, { on, runs: ctx.config.schedule.morning !== 'off' })
}

function forManagers(): ForeshockError {
  return new ForeshockError(
    'FORBIDDEN',
    text('周报只对主管开放。', 'The week’s report is for managers.'),
    text('输入 digest 看自己今天要办的。', 'Type digest for what today asks of you.'),
  )
}
