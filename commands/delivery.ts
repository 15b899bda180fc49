import type { Command } from '../src/command.ts'
import type { Context } from '../src/context.ts'
import { ForeshockError } from '../src/errors.ts'
import { clip, type Text, text } from '../src/text.ts'
import { deliveryCard, deliveryRetriedNote } from '../templates/delivery.ts'
import { writeLike } from '../templates/usage.ts'
import { answer } from './case/move.ts'

export const delivery: Command<'show' | 'retry'> = {
  name: 'delivery',
  summary: text('哪些消息没送到、为什么；再试一次', 'Which messages did not arrive, and why; try again'),
  usage: 'delivery [retry]',
  role: 'admin',
  parse: parseDelivery,
  run: async (ctx, request) => {
    const now = ctx.clock.now()
    if (request.args === 'show')
      return answer(ctx, request, deliveryCard, {
        ...(await ctx.store.delivery.state(now)),
        named: await channelNames(ctx),
      })
    const count = await ctx.store.delivery.tryAgain(now)
    ctx.wake()
    return answer(ctx, request, deliveryRetriedNote, { count })
  },
}

/** @throws ForeshockError BAD_INPUT */
export function parseDelivery(words: string): 'show' | 'retry' {
  const said = words.trim().toLowerCase()
  if (said === '') return 'show'
  if (/^(retry|重试)$/.test(said)) return 'retry'
  throw new ForeshockError(
    'BAD_INPUT',
    text(`delivery 没有“${clip(said, 40)}”这个用法。`, `delivery does not know "${clip(said, 40)}".`),
    writeLike(delivery.usage),
  )
}

/** What people call the channels, by `chat channel`; those that have only the platform's id are left out. */
async function channelNames(ctx: Context): Promise<Map<string, Text>> {
  const routes = await ctx.routes()
  return new Map(
    routes.flatMap(({ chat, channel, title }) =>
      title === null ? [] : [[`${chat} ${channel}`, title] as const],
    ),
  )
}
