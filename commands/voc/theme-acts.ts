import type { Reply, Request } from '../../src/command.ts'
import type { Context } from '../../src/context.ts'
import { ForeshockError } from '../../src/errors.ts'
import { keepersOf } from '../../src/judging/announce.ts'
import { FOLLOWED_DAYS, TOLD_BACK } from '../../src/judging/theme-told.ts'
import { dayOf } from '../../src/records/moment.ts'
import { mayActAs, type Person } from '../../src/records/person.ts'
import { ENOUGH } from '../../src/reports/figure.ts'
import {
  effectSpan,
  type Theme,
  type ThemeEffect,
  type TopicCount,
  themeEffect,
  themeRecord,
} from '../../src/reports/theme-effect.ts'
import { text } from '../../src/text.ts'
import { type ShownTheme, THEME_PAGE, themeAddedNote, themeCard, themesCard } from '../../templates/theme.ts'
import { NAMED_ALERTS } from '../../templates/theme-alerts.ts'
import { TELL_THEM } from '../../templates/theme-tell.ts'
import { answer, nameOf } from '../case/move.ts'
import { pageOf } from '../case/page.ts'
import { outsideIn } from '../outside/around.ts'
import { type NewTheme, noDue, type ThemeMeant } from './theme-words.ts'
import { type TopicList, topicList, topicMeant } from './topics.ts'

/** Themes looked back at; older ones are in the database still. */
const MOST = 200
const NONE: TopicCount = { read: 0, about: 0, negative: 0 }

export async function listThemes(ctx: Context, request: Request<unknown>, wanted: number): Promise<Reply> {
  const list = await topicList(ctx)
  const { rows, ...page } = pageOf(await ctx.store.themes.list(MOST), wanted, THEME_PAGE)
  const themes: ShownTheme[] = []
  for (const theme of rows) themes.push(shownTheme(ctx, list, theme, await effectOf(ctx, theme)))
  return answer(ctx, request, themesCard, { themes, today: today(ctx), ...page })
}

export async function showTheme(ctx: Context, request: Request<unknown>, no: number): Promise<Reply> {
  const theme = await ctx.store.themes.get(no)
  if (theme === null) throw noTheme(`T-${no}`)
  return themeAnswer(ctx, request, theme)
}

export async function addTheme(
  ctx: Context,
  request: Request<unknown>,
  { topic: said, whose, due }: NewTheme,
): Promise<Reply> {
  const list = await topicList(ctx)
  const topic = topicMeant(list, said)
  if (due !== null && due < today(ctx)) {
    throw new ForeshockError(
      'BAD_INPUT',
      text(`${due} 已经过去了。`, `${due} has passed.`),
      text('写今天或以后的日期。', 'Give today or a later day.'),
    )
  }
  const now = ctx.clock.now()
  const made = { topic: topic.id, ...whoseIs(ctx, whose), due, by: request.by.id, createdAt: now }
  const keepers = await keepersOf(ctx)
  const no = await ctx.store.transaction(async ({ themes, settings, outbox }) => {
    const added = await themes.add(made)
    if (added === null) return null
    await settings.note(themeRecord(added), null, made, request.by.id, now)
    const { department, due } = made
    const told = { no: added, topic: list.nameOf(topic.id), department, owner: nameOf(ctx, made.owner), due }
    await outbox.announce({ kind: 'theme-given', data: told }, keepers, now)
    return added
  })
  ctx.wake()
  if (no === null) {
    const open = await ctx.store.themes.openOf(topic.id)
    throw new ForeshockError(
      'CONFLICT',
      text(
        `“${list.nameOf(topic.id).zh}”已经有人在改进。`,
        `"${list.nameOf(topic.id).en}" is being mended already.`,
      ),
      text(
        `先完成它：theme done ${open === null ? topic.id : `T-${open.no}`} 改好了什么`,
        `Finish that first: theme done ${open === null ? topic.id : `T-${open.no}`} WHAT`,
      ),
    )
  }
  const theme = (await ctx.store.themes.get(no))!
  return answer(ctx, request, themeAddedNote, shownTheme(ctx, list, theme, null))
}

export async function finishTheme(
  ctx: Context,
  request: Request<unknown>,
  { meant, fixed }: { readonly meant: ThemeMeant; readonly fixed: string },
): Promise<Reply> {
  const theme = await themeMeant(ctx, meant)
  const now = ctx.clock.now()
  const { no } = theme
  const topic = (await topicList(ctx)).nameOf(theme.topic)
  const mended = { no, topic, fixed, by: request.by.name, tellers: await tellersOf(ctx, theme.topic, now) }
  const keepers = await keepersOf(ctx)
  const done = await ctx.store.transaction(async ({ themes, settings, outbox }) => {
    const finished = await themes.finish(no, fixed, request.by.id, now)
    if (!finished) return false
    await settings.note(themeRecord(no), null, { done: fixed }, request.by.id, now)
    await outbox.announce({ kind: 'theme-mended', data: mended }, keepers, now)
    return true
  })
  ctx.wake()
  if (!done) {
    throw new ForeshockError(
      'CONFLICT',
      text(`T-${theme.no} 已经完成了。`, `T-${theme.no} is done already.`),
      text(`看前后变化：theme T-${theme.no}`, `What changed since: theme T-${theme.no}`),
    )
  }
  return themeAnswer(ctx, request, (await ctx.store.themes.get(theme.no))!)
}

/** A person's name or id makes them the owner; what stands beside it, or instead, is a department. */
function whoseIs(ctx: Context, said: string): { owner: string | null; department: string | null } {
  const calls = ctx.people.all
    .flatMap(({ id, name }) => [id, name.zh, name.en].map((call) => ({ id, call: call.toLowerCase() })))
    // "Ann Lee" before "Ann".
    .sort((a, b) => b.call.length - a.call.length)
  const words = said.toLowerCase().replaceAll('@', ' ').trim()
  for (const { id, call } of calls) {
    if (words === call) return { owner: id, department: null }
    // Behind somebody's name only the day is left to say.
    const [, behind] = words.split(` ${call} `)
    if (behind !== undefined) throw noDue(behind.trim())
    const at = words.endsWith(` ${call}`) ? 'end' : words.startsWith(`${call} `) ? 'start' : null
    if (at === null) continue
    const bare = said.replaceAll('@', ' ').trim()
    const rest = at === 'end' ? bare.slice(0, -call.length) : bare.slice(call.length)
    return { owner: id, department: rest.trim() }
  }
  return { owner: null, department: said }
}

async function themeMeant(ctx: Context, meant: ThemeMeant): Promise<Theme> {
  if (typeof meant === 'number') {
    const theme = await ctx.store.themes.get(meant)
    if (theme === null) throw noTheme(`T-${meant}`)
    return theme
  }
  const list = await topicList(ctx)
  const topic = topicMeant(list, meant)
  const theme = await ctx.store.themes.openOf(topic.id)
  if (theme === null) throw noTheme(list.nameOf(topic.id).en)
  return theme
}

function noTheme(said: string): ForeshockError {
  return new ForeshockError(
    'NOT_FOUND',
    text(`没有在改进的主题“${said}”。`, `There is no theme "${said}".`),
    text('输入 theme list 看全部。', 'Type theme list to see them.'),
  )
}

async function themeAnswer(ctx: Context, request: Request<unknown>, theme: Theme): Promise<Reply> {
  const list = await topicList(ctx)
  const span = theme.doneAt === null ? null : effectSpan(theme.doneAt, ctx.clock.now())
  return answer(ctx, request, themeCard, {
    theme: shownTheme(ctx, list, theme, await effectOf(ctx, theme)),
    alerts: await ctx.store.voiceTopics.alerts({
      topic: theme.topic,
      from: new Date(+theme.createdAt - TOLD_BACK),
      to: theme.doneAt ?? ctx.clock.now(),
      ...{ days: FOLLOWED_DAYS, limit: NAMED_ALERTS },
    }),
    alertDays: FOLLOWED_DAYS,
    tell: theme.doneAt === null ? null : await toTell(ctx, request.by, theme.topic, theme.doneAt),
    outside: span === null ? [] : await outsideIn(ctx, span),
    enough: ENOUGH,
    today: today(ctx),
  })
}

/** Consenting customers who complained before it was mended, with who keeps them; to a CSM, their own. */
async function toTell(ctx: Context, by: Person, topic: string, doneAt: Date) {
  const from = new Date(+doneAt - TOLD_BACK)
  const own = mayActAs(by.role, 'manager') ? undefined : by.id
  const { voiceTopics } = ctx.store
  const { total, withheld, rows } = await voiceTopics.complainants(topic, from, doneAt, TELL_THEM, own)
  return {
    total,
    withheld,
    rows: rows.map(({ no, name, owner, language, at }) => ({
      ...{ no, name, language, at },
      ownerName: nameOf(ctx, owner),
    })),
  }
}

/** Customers counted for a notice; beyond these nobody tells them one by one. */
const MOST_TOLD = 10_000

/** Who has to tell how many of their customers, most first: everyone's, whoever mended it and whatever they see. */
async function tellersOf(ctx: Context, topic: string, doneAt: Date) {
  const from = new Date(+doneAt - TOLD_BACK)
  const { voiceTopics } = ctx.store.seen(null)
  const { rows } = await voiceTopics.complainants(topic, from, doneAt, MOST_TOLD)
  const counts = new Map<string | null, number>()
  for (const { owner } of rows) counts.set(owner, (counts.get(owner) ?? 0) + 1)
  return [...counts]
    .map(([owner, count]) => ({ name: nameOf(ctx, owner), count }))
    .sort((a, b) => b.count - a.count)
}

async function effectOf(ctx: Context, { topic, doneAt }: Theme): Promise<ThemeEffect | null> {
  if (doneAt === null) return null
  const span = effectSpan(doneAt, ctx.clock.now())
  if (span === null) return null
  const rows = await ctx.store.voiceTopics.counts(topic, { by: 'all' }, [span.from, doneAt, span.to])
  const [before = NONE, after = NONE] = [0, 1].map((bin) => rows.find((row) => row.bin === bin))
  return themeEffect(span.weeks, before, after)
}

function shownTheme(ctx: Context, list: TopicList, theme: Theme, effect: ThemeEffect | null): ShownTheme {
  return {
    ...theme,
    name: list.nameOf(theme.topic),
    ownerName: nameOf(ctx, theme.owner),
    byName: nameOf(ctx, theme.by)!,
    doneByName: nameOf(ctx, theme.doneBy),
    effect,
  }
}

/** The day it is for the team. */
function today(ctx: Context): string {
  return dayOf(ctx.clock.now(), ctx.config.company.timeZone)
}
