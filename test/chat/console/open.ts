import path from 'node:path'
import { pino } from 'pino'
import { consoleChat } from '../../../src/chat/console/client.ts'
import { openConsole } from '../../../src/chat/console/console.ts'
import { type EventsOptions, openEvents } from '../../../src/chat/console/events.ts'
import { VirtualClock } from '../../../src/clock.ts'
import { openServer } from '../../../src/server.ts'
import { memoryDesk } from './memory.ts'
import { memoryMessages } from './memory-messages.ts'

export const START = new Date('2026-06-01T01:50:00Z')
export const ROOT = path.resolve(import.meta.dirname, '../../..')

/** A real server on a free loopback port with the in-memory desk behind it. */
export async function openTestConsole(
  options: { token?: string; events?: EventsOptions; port?: number } = {},
) {
  const clock = new VirtualClock(START)
  const messages = memoryMessages()
  const events = openEvents(options.events)
  const chat = consoleChat(messages, events, clock)
  const desk = memoryDesk(messages, events, clock)
  const { routes, entrance } = await openConsole({
    host: '127.0.0.1',
    token: options.token ?? null,
    real: clock,
    root: ROOT,
    desk,
    messages,
    events,
  })
  const server = await openServer({
    host: '127.0.0.1',
    port: options.port ?? 0,
    log: pino({ level: 'silent' }),
    routes: [routes],
    ready: async () => [],
    graceMs: 200,
  })
  return { ...server, server, clock, messages, events, chat, desk, entrance }
}

export type TestConsole = Awaited<ReturnType<typeof openTestConsole>>
