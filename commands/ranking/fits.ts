import type { Context } from '../../src/context.ts'
import { ForeshockError } from '../../src/errors.ts'
import { nearest, suggestion } from '../../src/nearest.ts'
import { TIERS, type Tier } from '../../src/risk/assessment.ts'
import { text } from '../../src/text.ts'
import type { Customer } from '../../src/timeline/history.ts'
import { TIER } from '../../templates/words.ts'
import { personCalled } from '../people/called.ts'

/** Who belongs on a list that was narrowed. */
export type Fits = (customer: Customer, tier: Tier) => boolean

/** What some words narrow a list by. Of several tiers one is enough; everything else must fit at once. */
type Filter = { readonly tier: Tier } | { readonly fits: (customer: Customer) => boolean }

/** What words mean alone; null: nothing. */
type Meaning = (said: string) => Filter | null

/**
 * What words narrow a list to: a tier, a person, a place or product of someone on it, a segment, or several of these in any
 * order. Words that mean something as a whole are not taken apart.
 *
 * @throws ForeshockError NOT_FOUND: a misspelt store must not look like one where all is well
 */
export async function fitsFor(ctx: Context, only: string, customers: readonly Customer[]): Promise<Fits> {
  const places = new Set(customers.flatMap(placesOf))
  const simply: Meaning = (said) => tierCalled(said) ?? personFilter(ctx, said) ?? placeFilter(places, said)
  const words = apart(only).split(/\s+/)
  const simple = filtersOf(words, simply)
  if (simple !== null && simple.length === 1) return together(simple)
  const { segments, segmentOf } = await ctx.scorer.look(ctx.clock.now())
  const alsoSegments: Meaning = (said) => {
    const wanted = said.toLowerCase()
    const segment = segments.find(({ name, label }) =>
      [name, label.zh, label.en].some((each) => each.toLowerCase() === wanted),
    )
    if (segment !== undefined) return { fits: ({ id }) => segmentOf(id)?.name === segment.name }
    return simply(said)
  }
  const filters = filtersOf(words, alsoSegments)
  if (filters === null) {
    const labels = segments.flatMap(({ label }) => [label.zh, label.en])
    const unknown = words.filter((word) => tierCalled(word) === null).join(' ')
    throw nobodyCalled(unknown, nearest(unknown, new Set([...places, ...labels])))
  }
  const others = filters.filter((filter) => 'fits' in filter)
  if (others.length > 1 && !customers.some((customer) => others.every(({ fits }) => fits(customer))))
    throw nobodyFits(only)
  return together(filters)
}

/** In Chinese a tier stands beside a name without a blank: P0虹桥店. */
function apart(words: string): string {
  return words
    .replace(/(?<![\w-])([pPｐＰ][0-2０-２])(?=\p{Script=Han})/gu, '$1 ')
    .replace(/(?<=\p{Script=Han})([pPｐＰ][0-2０-２])(?![\w-])/gu, ' $1')
    .trim()
}

/** The longest words that mean something, one after another; null: some mean nothing. */
function filtersOf(words: readonly string[], meaning: Meaning): readonly Filter[] | null {
  const filters: Filter[] = []
  for (let from = 0; from < words.length; ) {
    let until = words.length
    let filter = meaning(words.slice(from).join(' '))
    while (filter === null && until > from + 1) {
      until -= 1
      filter = meaning(words.slice(from, until).join(' '))
    }
    if (filter === null) return null
    filters.push(filter)
    from = until
  }
  return filters
}

function together(filters: readonly Filter[]): Fits {
  const tiers = filters.flatMap((filter) => ('tier' in filter ? filter.tier : []))
  const others = filters.filter((filter) => 'fits' in filter)
  return (customer, tier) =>
    (tiers.length === 0 || tiers.includes(tier)) && others.every(({ fits }) => fits(customer))
}

function tierCalled(said: string): Filter | null {
  const wanted = said.normalize('NFKC').toLowerCase()
  const tier = TIERS.find((each) =>
    [each, TIER[each].zh, TIER[each].en].some((call) => call.toLowerCase() === wanted),
  )
  return tier === undefined ? null : { tier }
}

function personFilter(ctx: Context, said: string): Filter | null {
  const person = personCalled(ctx, said)
  return person === null ? null : { fits: ({ owner }) => owner === person.id }
}

function placeFilter(places: Iterable<string>, said: string): Filter | null {
  const wanted = said.toLowerCase()
  const isMeant = (place: string) => place.toLowerCase().includes(wanted)
  return [...places].some(isMeant) ? { fits: (customer) => placesOf(customer).some(isMeant) } : null
}

function placesOf({ site, region, product }: Customer): string[] {
  return [site, region, product].filter((place) => place !== null)
}

function nobodyCalled(said: string, near: string | null): ForeshockError {
  return new ForeshockError(
    'NOT_FOUND',
    text(
      `没有门店、区域、产品、客群或负责人叫“${said}”的风险客户。`,
      `Nobody at risk has the store, region, product, segment or owner "${said}".`,
    ),
    near === null
      ? text(
          '可以按等级（P0）、门店、区域、产品、客群或负责人筛选，也可以几项一起用。',
          'Filter by tier (P0), store, region, product, segment or owner, also by several at once.',
        )
      : suggestion(near),
  )
}

function nobodyFits(said: string): ForeshockError {
  return new ForeshockError(
    'NOT_FOUND',
    text(`没有风险客户同时符合“${said}”。`, `Nobody at risk fits all of "${said}".`),
    text('请减少一项再看。', 'Leave one of them out.'),
  )
}
