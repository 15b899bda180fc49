import type { Config, Env } from '../config.ts'
import { findConfig, readConfig } from '../config.ts'
import type { Context } from '../context.ts'
import { ForeshockError } from '../errors.ts'
import { type Log, openLog } from '../log.ts'
import type { Foreshock } from '../main.ts'
import { openForeshock } from '../main.ts'
import type { Locale } from '../text.ts'
import type { Terminal } from './terminal.ts'

/** Options every verb takes. */
export interface Shared {
  readonly config?: string
  readonly json: boolean
}

/** Where the demo lives unless told otherwise. */
export const DEMO_FOLDER = '.foreshock/demo'

/** Opens the program for one verb, and closes it whatever happens. */
export async function withProgram(
  options: Shared,
  terminal: Terminal,
  env: Env,
  work: (program: Foreshock) => Promise<void>,
): Promise<void> {
  const config = requireConfig(options, env)
  const program = await openForeshock({ config, log: logFor(env, 'warn'), progress: terminal.progress })
  try {
    await work(program)
  } finally {
    await program.close()
  }
}

export function requireConfig(options: Shared, env: Env): Config {
  const file = findConfig(options.config, env, process.cwd())
  if (file !== null) return readConfig(file, env)
  throw new ForeshockError(
    'CONFIG_MISSING',
    `There is no foreshock.yaml in ${process.cwd()}.`,
    `Name one with --config; the demo company's is ${DEMO_FOLDER}/foreshock.yaml once \`foreshock demo\` has run.`,
  )
}

/** Aborts when the process is told to end. */
export function stopSignal(): AbortSignal {
  const stop = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort())
  return stop.signal
}

export function logFor(env: Env, standard = 'info'): Log {
  return openLog(env.FORESHOCK_LOG || standard)
}

export function localeOf(ctx: Context): Locale {
  return ctx.config.company.locale
}
