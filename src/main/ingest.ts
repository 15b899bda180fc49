import type { Clock } from '../clock.ts'
import type { Context } from '../context.ts'
import { openIntake } from '../ingest/intake.ts'
import { openLimit } from '../ingest/limit.ts'
import type { Post } from '../ingest/ports.ts'
import { ingestRoutes } from '../ingest/routes.ts'
import { openAtOnce } from './at-once.ts'
import { doorsOf } from './doors.ts'
import { openLookSoon } from './look-soon.ts'
import { openPressing } from './pressing.ts'
import type { Traffic } from './traffic.ts'

/** What comes in over HTTP, from the request to the card. */
export interface Ingest {
  readonly routes: ReturnType<typeof ingestRoutes>
  /** Begins to judge, first whom an earlier run left. */
  start(): void
  stop(): Promise<void>
}

/**
 * @param parts.real the machine's clock, for signatures, rates and holds
 * @param parts.look reads the voices that came and looks for storms
 */
export function openIngest(parts: {
  ctx: Context
  traffic: Traffic
  real: Clock
  look(): Promise<void>
}): Ingest {
  const { ctx, real } = parts
  const { log, config } = ctx
  const atOnce = openAtOnce(parts)
  const soon = openLookSoon(parts.look)
  const kept = (posts: readonly Post[]): void => {
    atOnce.wake()
    if (posts.some(({ records }) => records.some(({ type }) => type === 'feedback'))) soon.heard()
  }
  const pressing = openPressing(ctx)
  const intake = openIntake({ rows: ctx.store.ingest, data: ctx.clock, real, log, pressing, kept })
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
      await soon.stop()
    },
  }
}
