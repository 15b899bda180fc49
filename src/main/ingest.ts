import type { Clock } from '../clock.ts'
import type { Config } from '../config.ts'
import type { Context } from '../context.ts'
import { openIntake } from '../ingest/intake.ts'
import { openLimit } from '../ingest/limit.ts'
import { ownReader } from '../ingest/own.ts'
import { mappedReader } from '../ingest/read.ts'
import { type Door, ingestRoutes } from '../ingest/routes.ts'
import type { Rules } from '../sources/to-record.ts'
import { openAtOnce } from './at-once.ts'
import type { Traffic } from './traffic.ts'

/** What comes in over HTTP, from the request to the card. */
export interface Ingest {
  readonly routes: ReturnType<typeof ingestRoutes>
  /** Begins to judge, first whom an earlier run left. */
  start(): void
  stop(): Promise<void>
}

/** @param parts.real the machine's clock, for signatures, rates and holds */
export function openIngest(parts: { ctx: Context; traffic: Traffic; real: Clock }): Ingest {
  const { ctx, real } = parts
  const { log, config } = ctx
  const atOnce = openAtOnce(parts)
  const intake = openIntake({ rows: ctx.store.ingest, data: ctx.clock, real, log, kept: atOnce.wake })
  const routes = ingestRoutes({
    access: config.access.ingest,
    doors: doorsOf(ctx),
    intake,
    limit: openLimit(config.ingest.perSecond, real),
    isBehind: atOnce.isBehind,
    clock: real,
    log,
  })
  return {
    routes,
    start: atOnce.start,
    stop: async () => {
      await intake.stop()
      await atOnce.stop()
    },
  }
}

/** Our own two addresses, and one for each webhook of the configuration. */
function doorsOf(ctx: Context): Map<string, Door> {
  const { config, store } = ctx
  const { timeZone, currency } = config.company
  const kinds = new Set(Object.keys(ctx.profile.kinds))
  const rules = (own: Omit<Rules, 'now' | 'kinds'>): Rules => ({
    ...own,
    kinds,
    // Rows come at any time.
    get now() {
      return ctx.clock.now()
    },
  })
  const own = {
    rules: (asked: string | null) => rules({ timeZone, currency: asked ?? currency, dateFormat: 'iso' }),
    keys: keyKinds(config),
    keysOf: store.ingest.keysOf,
  }
  const doors = new Map<string, Door>([
    ['feedback', { source: null, read: ownReader('feedback', own) }],
    ['events', { source: null, read: ownReader('event', own) }],
  ])
  for (const mapping of config.sources) {
    if (mapping.type !== 'webhook') continue
    const read = mappedReader(
      mapping,
      rules({
        timeZone: mapping.timeZone ?? timeZone,
        currency: mapping.currency ?? currency,
        dateFormat: mapping.dateFormat,
      }),
    )
    const list = mapping.list === undefined ? {} : { list: mapping.list }
    doors.set(mapping.name, { source: mapping.name, ...list, read })
  }
  return doors
}

/** Kinds of identity keys that the configuration's sources name. */
function keyKinds({ sources }: Config): Set<string> {
  return new Set(
    sources.flatMap((mapping) =>
      Object.keys(mapping.record === 'customer' ? mapping.fields.keys : (mapping.fields.customer ?? {})),
    ),
  )
}
