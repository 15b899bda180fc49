import type { Context } from '../../src/context.ts'
import { ForeshockError } from '../../src/errors.ts'
import { type Assessment, isAlertTier, knownLtv } from '../../src/risk/assessment.ts'
import { same, type Text, text } from '../../src/text.ts'
import type { Customer } from '../../src/timeline/history.ts'
import type { Grouping, GroupRow } from '../../templates/groups.ts'
import { nameOf } from '../case/move.ts'
import type { Ranked } from './ranking.ts'

/** Customers at risk by store, region, owner, product or segment: most urgent group first. */
export async function groupsOf(ctx: Context, ranked: readonly Ranked[], by: Grouping): Promise<GroupRow[]> {
  const nameOfGroup = await naming(ctx, by)
  const undeclared = ranked.filter(({ customer, tier }) => isAlertTier(tier) && customer.ltvMinor === null)
  const judged = await ctx.store.assessments.latestOf(undeclared.map((each) => each.judged))
  const groups = new Map<string, { name: Text | null; members: Ranked[] }>()
  for (const one of ranked) {
    const name = nameOfGroup(one.customer)
    const key = name === null ? '' : name.en
    const group = groups.get(key) ?? { name, members: [] }
    group.members.push(one)
    groups.set(key, group)
  }
  return [...groups.values()].map(({ name, members }) => rowOf(name, members, judged)).sort(byUrgency)
}

/** `members` come ranked, so the first is the worst. */
function rowOf(
  name: Text | null,
  members: readonly Ranked[],
  judged: ReadonlyMap<string, Assessment>,
): GroupRow {
  const count = (tier: string): number => members.filter((each) => each.tier === tier).length
  const atStake = members.filter(({ tier }) => isAlertTier(tier))
  const known = atStake.flatMap((each) => knownLtv(each.customer, judged.get(each.judged))?.minor ?? [])
  return {
    name,
    counts: { P0: count('P0'), P1: count('P1'), P2: count('P2'), watch: count('watch') },
    atStakeMinor: known.length === 0 ? null : known.reduce((sum, ltv) => sum + ltv, 0),
    worst: members[0]!.customer,
  }
}

function byUrgency(a: GroupRow, b: GroupRow): number {
  return (
    b.counts.P0 - a.counts.P0 ||
    b.counts.P1 - a.counts.P1 ||
    b.counts.P2 - a.counts.P2 ||
    (b.atStakeMinor ?? 0) - (a.atStakeMinor ?? 0)
  )
}

async function naming(ctx: Context, by: Grouping): Promise<(customer: Customer) => Text | null> {
  const own = (name: string | null): Text | null => (name === null ? null : same(name))
  switch (by) {
    case 'store':
      return ({ site }) => own(site)
    case 'region':
      return ({ region }) => own(region)
    case 'product':
      return ({ product }) => own(product)
    case 'owner':
      return ({ owner }) => nameOf(ctx, owner)
    case 'segment': {
      const look = await ctx.scorer.look(ctx.clock.now())
      if (look.segments.length === 0) throw noSegments(ctx)
      return ({ id }) => look.segmentOf(id)?.label ?? null
    }
  }
}

/** The profile sorts customers into no segments. */
export function noSegments(ctx: Context): ForeshockError {
  return new ForeshockError(
    'CONFLICT',
    text(
      `行业配置 ${ctx.profile.name} 没有声明客群。`,
      `The profile ${ctx.profile.name} declares no segments.`,
    ),
    text('可以按门店、区域、负责人或产品分组。', 'Group by store, region, owner or product.'),
  )
}
