import { AsyncLocalStorage } from 'node:async_hooks'
import type { DestinationStream, Logger } from 'pino'
import pino from 'pino'
import { ForeshockError } from './errors.ts'
import { didYouMean } from './nearest.ts'

export type Log = Logger

/** Names of fields whose values never reach a log. */
const SECRET = [
  'token',
  'secret',
  'password',
  'authorization',
  'cookie',
  'phone',
  'email',
  'url',
  'databaseUrl',
  'text',
  'name',
]

const LEVELS: readonly string[] = ['debug', 'info', 'warn', 'error', 'silent']

const correlation = new AsyncLocalStorage<string>()

/** Runs `work` so that everything logged inside carries the same `id`: one click or one job run can be followed. */
export function correlated<T>(id: string, work: () => T): T {
  return correlation.run(id, work)
}

/**
 * A JSON logger. Personal data and secrets are redacted by field name, at the top and one level down; customers are
 * named by their number.
 *
 * @param level one of ENV.FORESHOCK_LOG's
 * @param to where lines go; absent: standard error, so that `--json` output stays clean
 */
export function openLog(level: string, to?: DestinationStream): Log {
  if (!LEVELS.includes(level)) {
    throw new ForeshockError(
      'CONFIG_INVALID',
      `FORESHOCK_LOG "${level}" is not a log level.`,
      `Use one of ${LEVELS.join(', ')}.${didYouMean(level, LEVELS)}`,
    )
  }
  return pino(
    {
      level,
      base: null,
      redact: { paths: SECRET.flatMap((field) => [field, `*.${field}`]), censor: '[redacted]' },
      timestamp: pino.stdTimeFunctions.isoTime,
      mixin: () => {
        const id = correlation.getStore()
        return id === undefined ? {} : { id }
      },
      serializers: { error: pino.stdSerializers.err },
    },
    to ?? pino.destination({ dest: 2, sync: true }),
  )
}
