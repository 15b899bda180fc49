import type { FastifyPluginAsync } from 'fastify'
import type { Clock } from '../../clock.ts'
import { loadAssets } from './assets.ts'
import type { Events } from './events.ts'
import { openGuard } from './guard.ts'
import type { ConsoleDesk, ConsoleMessages } from './ports.ts'
import { consoleRoutes } from './routes.ts'

export interface ConsoleOptions {
  /** Where the server listens; anything but loopback needs a token. */
  readonly host: string
  /** What opens the console from other machines; null: loopback only, no sign-in. */
  readonly token: string | null
  /** The machine's clock. */
  readonly real: Clock
  /** The package's folder, in which the page's files are found. */
  readonly root: string
  readonly desk: ConsoleDesk
  readonly messages: ConsoleMessages
  readonly events: Events
}

export interface Console {
  readonly routes: FastifyPluginAsync
  /** Path to print at start: "/" or the login link's path. */
  readonly entrance: string
}

/** Makes the console ready to be served. Throws ForeshockError CONFIG_INVALID (token) or CONFIG_MISSING (page). */
export async function openConsole(options: ConsoleOptions): Promise<Console> {
  const guard = openGuard(options.host, options.token, options.real)
  const assets = await loadAssets(options.root)
  return {
    routes: consoleRoutes({ ...options, guard, assets }),
    entrance: options.token === null ? '/' : `/login?token=${encodeURIComponent(options.token)}`,
  }
}
