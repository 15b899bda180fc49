import { commands } from '../commands/index.ts'
import { consoleChat } from './chat/console/client.ts'
import { openConsole } from './chat/console/console.ts'
import { openEvents } from './chat/console/events.ts'
import type { WireProgress } from './chat/console/wire.ts'
import type { Draw } from './chat/pictures.ts'
import type { Clock } from './clock.ts'
import { systemClock } from './clock.ts'
import type { Config } from './config.ts'
import type { Context } from './context.ts'
import { openPainter } from './drawing/painter.ts'
import type { NewId } from './ids.ts'
import { randomIds } from './ids.ts'
import type { Log } from './log.ts'
import { type Chats, openChats } from './main/chats.ts'
import type { Demo } from './main/demo.ts'
import { demoClock } from './main/demo.ts'
import { openDesk } from './main/desk.ts'
import { heldSources } from './main/doors.ts'
import { openHistories } from './main/histories.ts'
import { openIngest } from './main/ingest.ts'
import { openModelling } from './main/modelling.ts'
import { commandInfo, openMood, openPeople, openPlans, openProfile } from './main/parts.ts'
import { BEHIND_VOICES, begin, planOf } from './main/plan.ts'
import type { OpenPlatform } from './main/platforms.ts'
import { openPulls } from './main/pulls.ts'
import { openQuality } from './main/quality.ts'
import { problemsOf } from './main/ready.ts'
import { openRules } from './main/routes.ts'
import { openScoring } from './main/scoring.ts'
import { openSegmenter } from './main/segmenter.ts'
import { sheetFile } from './main/sheets.ts'
import { openSources } from './main/sources.ts'
import { openTraffic } from './main/traffic.ts'
import { openJourney, openLexicon, openReader, openSense } from './main/voices.ts'
import { openInUse } from './modelling/in-use.ts'
import { MIGRATIONS, PACKAGE_ROOT } from './paths.ts'
import { ROLES_SETTING } from './records/route.ts'
import { openScheduler } from './scheduler.ts'
import type { Server } from './server.ts'
import { openServer } from './server.ts'
import { profileAsSet } from './settings/settings.ts'
import type { Database, Place } from './store/database.ts'
import { openDatabase } from './store/database.ts'
import { openStore } from './store/store.ts'
import type { Text } from './text.ts'
import { openPresent } from './voice/lexicon-changes.ts'

/** The program without its web server and its clockwork: enough for the command line and for tests. */
export interface Foreshock {
  readonly ctx: Context
  readonly database: Database
  close(): Promise<void>
}

export interface Parts {
  readonly config: Config
  readonly log: Log
  readonly clock?: Clock
  readonly newId?: NewId
  /** Where the data lives; default what the configuration says. */
  readonly place?: Place
  /** The chats, once they are open. */
  chats?(): Pick<Chats, 'wake' | 'direct'> | null
  progress?(at: { label: Text; share: number | null } | null): void
}

/** Puts the parts together. The composition root: every room is opened here and handed what it needs. */
export async function openForeshock(parts: Parts): Promise<Foreshock> {
  const { config, log } = parts
  const clock = parts.clock ?? systemClock
  const newId = parts.newId ?? randomIds
  const declared = openProfile(config)
  const sense = openSense(config)
  const lexicon = openLexicon(config.competitors, sense)
  const present = openPresent(lexicon)
  const mood = openMood()
  const segmenter = openSegmenter()
  const { timeZone } = config.company
  const place = parts.place ?? placeOf(config)
  const database = await openDatabase(place, MIGRATIONS)
  const store = openStore(database, newId, config.company.currency)
  const set = await store.settings.all()
  const profile = profileAsSet(declared, set, timeZone)
  const plans = openPlans(config)
  const people = openPeople(config)
  people.lend(set.get(ROLES_SETTING))
  const rules = openRules({ config, store, people, direct: () => parts.chats?.()?.direct() ?? [] })
  const timeline = openHistories({ config, place, database, store, profile, mood, log })
  const inUse = openInUse({ profile, models: store.models, settings: store.settings, log })
  const scorer = openScoring({ profile, timeZone, present, mood, ...plans, timeline, inUse })
  const pulls = openPulls({ clock, log })
  const models = openModelling({
    ...{ profile, timeZone, clock, log, store, timeline, scorer, inUse },
    ctx: () => ctx,
  })
  const ctx: Context = {
    clock,
    newId,
    log,
    config,
    profile,
    ...plans,
    store,
    scope: null,
    sources: [
      ...openSources({ config, profile, clock, newId, log }),
      ...heldSources({ config, profile, store, clock }),
    ],
    pulls,
    scorer,
    models,
    tableOf: (by, line) => sheetFile(ctx, by, line),
    people,
    commands: commandInfo,
    voice: {
      terms: lexicon.entries,
      lexicon: present,
      mood,
      reader: openReader({ config, sense, present, store, segmenter }),
      journey: openJourney(config),
      segmenter,
    },
    quality: openQuality({ timeline, profile, store, config, clock }),
    ...rules,
    wake: () => parts.chats?.()?.wake(),
    progress: parts.progress ?? (() => {}),
  }
  return {
    ctx,
    database,
    close: async () => {
      await pulls.close()
      await models.close()
      await inUse.close()
      await timeline.close().finally(() => database.close())
    },
  }
}

function placeOf({ database }: Config): Place {
  if (database.url !== null) return { kind: 'server', url: database.url }
  return { kind: 'folder', folder: database.folder }
}

/** The whole running program. */
export interface Running {
  readonly ctx: Context
  readonly server: Server
  /** Address to open in a browser. */
  readonly address: string
  /** Resolves once the first pull and scoring are done and their cards are out. */
  readonly ready: Promise<void>
  close(): Promise<void>
}

/** Starts everything: database, delivery, console, schedule. With a demo, its clock replaces the machine's. */
export async function start(
  parts: Omit<Parts, 'chats'> & {
    demo?: Demo
    /** Chat platforms beside the console. */
    platforms?: readonly OpenPlatform[]
    /** Draws the pictures on cards; default on a thread of its own. */
    readonly draw?: Draw
    /** A platform stays away for good. */
    giveUp?(why: string): void
  },
): Promise<Running> {
  const { config, demo } = parts
  const events = openEvents()
  let progress: WireProgress | null = null
  const told: NonNullable<Parts['progress']> = (at) => {
    progress = at
    events.progress(at)
    parts.progress?.(at)
  }
  const opened: { chats: Chats | null } = { chats: null }
  const clock = demo?.clock ?? parts.clock ?? systemClock
  const { ctx, database, close } = await openForeshock({
    ...parts,
    clock,
    progress: told,
    chats: () => opened.chats,
  })
  demo?.listen(ctx)
  const traffic = openTraffic()
  const painter = openPainter()
  const closers: (() => Promise<void>)[] = [close, painter.close]
  const closeAll = async (): Promise<void> => {
    for (const closer of closers.reverse()) await closer()
  }
  try {
    const chats = openChats({
      ctx,
      console: consoleChat(ctx.store.console, events, ctx.clock),
      openers: parts.platforms ?? [],
      clock: systemClock,
      traffic,
      draw: parts.draw ?? painter.draw,
      ...(parts.giveUp === undefined ? {} : { giveUp: parts.giveUp }),
    })
    opened.chats = chats
    closers.push(() => chats.stop())
    const scheduler = openScheduler(ctx, planOf(config, demo !== undefined))
    const look = () => scheduler.runSoon(BEHIND_VOICES)
    const ingest = openIngest({ ctx, traffic, real: systemClock, look })
    closers.push(() => ingest.stop())
    const clockBar = demo === undefined ? null : demoClock(ctx, demo, scheduler, events)
    const desk = openDesk(ctx, commands, events, clockBar, () => progress)
    const busyDesk = {
      ...desk,
      say: (said: Parameters<typeof desk.say>[0]) => traffic.during(() => desk.say(said)),
      press: (press: Parameters<typeof desk.press>[0]) => traffic.during(() => desk.press(press)),
    }
    const { host, port, token } = config.server
    const page = await openConsole({
      ...{ host, token, real: systemClock, root: PACKAGE_ROOT, events },
      ...{ desk: busyDesk, messages: ctx.store.console },
    })
    const server = await openServer({
      host,
      port,
      log: ctx.log,
      routes: [page.routes, ingest.routes, ...chats.platforms.flatMap((platform) => platform.routes ?? [])],
      ready: () => problemsOf(database, ctx, chats.problems),
      newId: ctx.newId,
    })
    closers.push(async () => {
      events.close()
      await server.close()
    })
    // Platforms are joined while the first round is made: a slow one holds nothing up.
    const joining = chats.start()
    ingest.start()
    const stopping = new AbortController()
    const first = begin(demo, scheduler, told, stopping.signal).then(() => chats.drain())
    closers.push(async () => {
      stopping.abort()
      await clockBar?.stop()
      await scheduler.stop()
      await first.catch(() => {})
      await joining
    })
    return { ctx, server, address: `${server.url}${page.entrance}`, ready: first, close: closeAll }
  } catch (error) {
    await closeAll()
    throw error
  }
}
