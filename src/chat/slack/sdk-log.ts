import { LogLevel } from '@slack/bolt'
import type { Log } from '../../log.ts'

/** The logger the SDK asks for. */
export interface SdkLogger {
  debug(...words: unknown[]): void
  info(...words: unknown[]): void
  warn(...words: unknown[]): void
  error(...words: unknown[]): void
  setLevel(level: LogLevel): void
  getLevel(): LogLevel
  setName(name: string): void
}

/** The SDK's debug lines hold whole payloads, so they end here; its warnings pass as one short, scrubbed sentence. */
export function sdkLogger(log: Log): SdkLogger {
  const pass = (...words: unknown[]): void => log.debug({ slack: scrub(words) }, 'the Slack SDK says')
  return {
    debug: () => {},
    info: () => {},
    warn: pass,
    error: pass,
    setLevel: () => {},
    getLevel: () => LogLevel.WARN,
    setName: () => {},
  }
}

function scrub(words: readonly unknown[]): string {
  return words
    .map((word) => (word instanceof Error ? word.name : String(word)))
    .join(' ')
    .replace(/(xox[a-z]|xapp)-[\w-]+/gi, '[token]')
    .replace(/(https?|wss?):\/\/\S+/gi, '[address]')
    .slice(0, 200)
}
