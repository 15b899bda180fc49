import { DAY } from '../src/clock.ts'
import type { Context } from '../src/context.ts'
import type { Job } from '../src/job.ts'
import { closeDown, goOn, joinCases, openStorm, tellCases } from '../src/judging/storms.ts'
import { lookInSteps, type Rise } from '../src/sentinel/detect.ts'
import { explains, merged, type Told, withWords } from '../src/sentinel/merge.ts'
import { nameOf, type Series } from '../src/sentinel/series.ts'
import { courseOf, type Storm } from '../src/sentinel/storm.ts'
import { isOwnWord } from '../src/sentinel/words.ts'

/**
 * Counts the last 24 hours against what is usual, opens a storm where many voices say the same thing, and follows those that run.
 * Done over, it finds what it did and says nothing twice.
 */
export const sentinel: Job = {
  name: 'sentinel',
  cron: '5 * * * *',
  run: async (ctx, signal) => {
    const now = ctx.clock.now()
    const { all, series } = await ctx.store.stormVoices.counted(now)
    const terms = (await ctx.settings()).storms
    const running = await ctx.store.storms.running()
    const stormy = running.flatMap(({ kind, key }) => (kind === 'word' ? [key] : []))
    const words = await ctx.store.stormVoices.words(now, terms.least, stormy)
    const seen = await lookInSteps(all, series, terms, words)
    const byName = new Map([all, ...series, ...words.series].map((each) => [nameOf(each), each]))
    const told = await voicesBehind(ctx, seen.rises, now)
    const more = { opened: 0, ended: 0, joined: 0 }

    const { fresh, rising } = await apart(ctx, told, running, now)
    const [spoken, counted] = [fresh.filter(isOfWord), fresh.filter((one) => !isOfWord(one))]
    for (const { storm, also } of withWords(merged(counted), await ownWords(ctx, spoken, series, now))) {
      if (signal.aborted) break
      const stand = seen.standOf(storm.rise.series)
      if (await openStorm(ctx, storm.rise, also, stand, now)) more.opened += 1
    }
    for (const storm of await ctx.store.storms.running()) {
      if (signal.aborted) break
      const own = byName.get(nameOf(storm)) ?? null
      const stand = own === null ? null : seen.standOf(own)
      const course = courseOf(storm, stand, rising.has(storm.id), now)
      if (course === 'ends') {
        await closeDown(ctx, storm, now)
        more.ended += 1
      } else {
        more.joined += await joinCases(ctx, storm, now)
        await goOn(ctx, storm, own, stand, course, now)
      }
    }
    await tellCases(ctx, now)
    ctx.wake()
    return { seen: series.length, changed: more.opened + more.ended, failed: 0, more }
  },
}

/** Were there ever more rises at once, the likeliest to be real are looked into. */
const MOST_RISES = 100

async function voicesBehind(ctx: Context, rises: readonly Rise[], now: Date): Promise<Told[]> {
  const told: Told[] = []
  for (const rise of rises.toSorted((a, b) => a.chance - b.chance).slice(0, MOST_RISES)) {
    told.push({ rise, voices: new Set(await ctx.store.stormVoices.ids(whichOf(rise, now))) })
  }
  return told
}

/** Rises that no running storm stands for, and which storms go on because one of theirs still rises. */
async function apart(
  ctx: Context,
  told: readonly Told[],
  running: readonly Storm[],
  now: Date,
): Promise<{ readonly fresh: readonly Told[]; readonly rising: ReadonlySet<string> }> {
  const rising = new Set<string>()
  let fresh = [...told]
  for (const storm of running) {
    const voices = new Set(await ctx.store.stormVoices.ids({ ...storm, from: storm.startedAt, until: now }))
    fresh = fresh.filter((one) => {
      const { series, what } = one.rise
      const isItself = what === storm.what && nameOf(series) === nameOf(storm)
      if (isItself) rising.add(storm.id)
      return !(
        isItself ||
        storm.figures.also.some((name) => nameOf(name) === nameOf(series)) ||
        explains({ voices }, one)
      )
    })
  }
  return { fresh, rising }
}

const isOfWord = ({ rise }: Told): boolean => rise.series.kind === 'word'

/** Voices read to see whether a word is people's own. */
const MOST_READ = 200

/** Without words that one text or one name brings to many voices. */
async function ownWords(
  ctx: Context,
  told: readonly Told[],
  series: readonly Series[],
  now: Date,
): Promise<Told[]> {
  const places = series.flatMap(({ kind, key }) => (kind === 'site' || kind === 'product' ? [key] : []))
  const staff = ctx.config.people.flatMap(({ name }) => [name.zh, name.en])
  const names = [ctx.config.company.name.zh, ctx.config.company.name.en, ...staff, ...places]
  const own: Told[] = []
  for (const one of told) {
    const heard = await ctx.store.stormVoices.heard(whichOf(one.rise, now), MOST_READ)
    if (isOwnWord(one.rise.series.key, heard, names, ctx.voice.segmenter)) own.push(one)
  }
  return own
}

const whichOf = ({ series: { kind, key, site }, what, days }: Rise, now: Date) => {
  const from = new Date(now.getTime() - days * DAY)
  return { kind, key, site, what, from, until: now }
}
