import type { Command, Request } from '../src/command.ts'
import type { Context, Route } from '../src/context.ts'
import { ForeshockError } from '../src/errors.ts'
import { nearest, suggestion } from '../src/nearest.ts'
import { ROUTES_SETTING } from '../src/records/route.ts'
import type { AlertTier } from '../src/risk/assessment.ts'
import { clip, text } from '../src/text.ts'
import { routeCard, routeSetNote } from '../templates/route.ts'
import { writeLike } from '../templates/usage.ts'
import { answer } from './case/move.ts'

const TIERS: readonly AlertTier[] = ['P0', 'P1', 'P2']

export type RouteWords =
  | { readonly act: 'list' }
  | { readonly act: 'set'; readonly channel: string; readonly tiers: readonly AlertTier[] }
  | { readonly act: 'reset'; readonly channel: string }

export const route: Command<RouteWords> = {
  name: 'route',
  summary: text('哪个频道收哪一级的卡片', 'Which channel takes the cards of which tier'),
  usage: 'route [list | set CHANNEL P0 P1 | set CHANNEL none | reset CHANNEL]',
  role: 'admin',
  parse: parseRoute,
  run: async (ctx, request) => {
    const { args } = request
    if (args.act === 'list') return answer(ctx, request, routeCard, { routes: await ctx.routes() })
    const before = channelNamed(await ctx.routes(), args.channel)
    await keep(ctx, request, before, args.act === 'reset' ? null : args.tiers)
    const after = channelNamed(await ctx.routes(), before.id)
    return answer(ctx, request, routeSetNote, { before, after, lost: await lostTiers(ctx) })
  },
}

/** @throws ForeshockError BAD_INPUT */
export function parseRoute(words: string): RouteWords {
  const [act = 'list', channel = '', ...said] = words
    .trim()
    .split(/[\s,，、]+/)
    .filter(Boolean)
  const verb = act.toLowerCase()
  if (verb === 'list') return { act: 'list' }
  if (verb !== 'set' && verb !== 'reset') throw unknown(act, nearest(act, ['list', 'set', 'reset']))
  if (channel === '') {
    throw new ForeshockError(
      'BAD_INPUT',
      text('没写是哪个频道。', 'Which channel?'),
      text('输入 route 查看全部频道。', 'Type route to see every channel.'),
    )
  }
  return verb === 'reset' ? { act: 'reset', channel } : { act: 'set', channel, tiers: tiersIn(said) }
}

function tiersIn(said: readonly string[]): AlertTier[] {
  if (said.length === 1 && /^(none|无)$/i.test(said[0]!)) return []
  const wrong = said.find((word) => !TIERS.some((tier) => tier === word.toUpperCase()))
  if (wrong === undefined && said.length > 0)
    return TIERS.filter((tier) => said.some((word) => word.toUpperCase() === tier))
  throw new ForeshockError(
    'BAD_INPUT',
    wrong === undefined
      ? text('没写是哪几级。', 'Which tiers?')
      : text(`“${clip(wrong, 40)}”不是级别。`, `"${clip(wrong, 40)}" is not a tier.`),
    text('可以写 P0、P1、P2，或 none。', 'Write P0, P1, P2, or none.'),
  )
}

async function keep(
  ctx: Context,
  request: Request<unknown>,
  { id, tiers, configured }: Route,
  wanted: readonly AlertTier[] | null,
): Promise<void> {
  if ((wanted ?? configured).join() === tiers.join()) return
  await ctx.store.transaction(async ({ settings }) => {
    const present = (await settings.forUpdate(ROUTES_SETTING)) as Record<string, AlertTier[]> | undefined
    const { [id]: _, ...others } = present ?? {}
    const after =
      wanted === null || wanted.join() === configured.join() ? others : { ...others, [id]: wanted }
    await settings.set(ROUTES_SETTING, after, request.by.id, ctx.clock.now())
  })
}

async function lostTiers(ctx: Context): Promise<AlertTier[]> {
  const routes = await ctx.routes()
  return TIERS.filter((tier) => !routes.some(({ tiers }) => tiers.includes(tier)))
}

function channelNamed(routes: readonly Route[], said: string): Route {
  const bare = said.replace(/^#/, '').toLowerCase()
  const found = routes.find(({ id, channel }) => [id, channel].some((name) => name.toLowerCase() === bare))
  if (found !== undefined) return found
  const ids = routes.map(({ id }) => id)
  const near = nearest(bare, ids)
  throw new ForeshockError(
    'NOT_FOUND',
    text(`没有“${clip(said, 40)}”这个频道。`, `There is no channel "${clip(said, 40)}".`),
    near === null ? text(`可以写：${ids.join('、')}。`, `Write one of ${ids.join(', ')}.`) : suggestion(near),
  )
}

function unknown(said: string, near: string | null): ForeshockError {
  return new ForeshockError(
    'BAD_INPUT',
    text(`route 没有“${clip(said, 40)}”这个用法。`, `route does not know "${clip(said, 40)}".`),
    near === null ? writeLike(route.usage) : suggestion(`route ${near}`),
  )
}
