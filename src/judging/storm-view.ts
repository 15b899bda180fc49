import type { Context } from '../context.ts'
import type { SeriesName } from '../sentinel/series.ts'
import type { Storm, StormView } from '../sentinel/storm.ts'
import { same, type Text, text } from '../text.ts'
import { asWritten } from './as-written.ts'

const QUOTES = 3

/** All that a storm's card says, from the database as it is now. */
export async function stormView(ctx: Context, storm: Storm): Promise<StormView> {
  const labels = await seriesLabels(ctx, [storm, ...storm.figures.also])
  const which = { ...storm, from: storm.startedAt, until: storm.endedAt ?? ctx.clock.now() }
  return {
    storm,
    about: labels(storm),
    also: storm.figures.also.map((series) => ({ series, about: labels(series) })),
    ownerName: nameOf(ctx, storm.owner),
    askedNames: askedFor(ctx, storm).map((person) => nameOf(ctx, person)!),
    closedByName: nameOf(ctx, storm.closedBy),
    quotes: await ctx.store.stormVoices.quotes(which, QUOTES),
    cases: await ctx.store.storms.cases(storm.id),
    currency: ctx.config.company.currency,
  }
}

/** Who answers for what a storm is about, by the configuration. */
export function askedFor({ config }: Context, { kind, key, site }: SeriesName): string[] {
  const place = kind === 'site' ? key : site
  const topic = kind === 'topic' || kind === 'topic-site' ? key : ''
  const isTheirs = (owner: (typeof config.owners)[number]): boolean =>
    (place !== '' && owner.site === place) ||
    (kind === 'product' && owner.product === key) ||
    (topic !== '' && (owner.topic === topic || owner.topic === topic.split('.')[0]))
  return [...new Set(config.owners.filter(isTheirs).map(({ person }) => person))]
}

function nameOf(ctx: Context, person: string | null): Text | null {
  return person === null ? null : (ctx.people.get(person)?.name ?? same(person))
}

/** These series as people call them; a class of churn words by its id, a word as somebody wrote it. */
export async function seriesLabels(
  ctx: Context,
  series: readonly SeriesName[],
): Promise<(series: SeriesName) => Text> {
  const written = new Map<string, string>()
  for (const { kind, key } of series)
    if (kind === 'word') written.set(key, (await asWritten(ctx, key)).toLowerCase())
  const { cues } = await ctx.voice.reader()
  const topics = new Map(cues.topics.map(({ id, name }) => [id, name]))
  const tags = new Map(cues.tags.map(({ id, name }) => [id, name]))
  const topic = (key: string): Text => topics.get(key) ?? same(key)
  return ({ kind, key, site }) => {
    switch (kind) {
      case 'all':
        return text('全部反馈', 'All voices')
      case 'topic':
        return topic(key)
      case 'topic-site':
        return text(`${site}·${topic(key).zh}`, `${topic(key).en} at ${site}`)
      case 'tag':
        return tags.get(key) ?? same(key)
      case 'word':
        return text(`“${written.get(key) ?? key}”`, `“${written.get(key) ?? key}”`)
      default:
        return same(key)
    }
  }
}
