import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { PACKAGE_ROOT } from '../src/paths.ts'

/** A PostgreSQL server for as long as a measurement needs it. */
export interface PostgresServer {
  readonly url: string
  stop(): Promise<void>
}

/**
 * The server of TEST_DATABASE_URL, else one made for the occasion by test/with-postgres. Where there is none to be had,
 * the sentence that says so.
 */
export async function postgresServer(): Promise<PostgresServer | string> {
  const given = process.env['TEST_DATABASE_URL']
  if (given) return { url: given, stop: async () => {} }
  // `cat` ends when our end of its input closes, also when we are killed; the server goes with it.
  const wrapped = ['sh', '-c', 'echo "$TEST_DATABASE_URL"; exec cat']
  const child = spawn(join(PACKAGE_ROOT, 'test/with-postgres'), wrapped, { stdio: ['pipe', 'pipe', 'pipe'] })
  const ended = once(child, 'close')
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (words: string) => {
    said += words
  })
  const first = once(child.stdout.setEncoding('utf8'), 'data').then(([line]) => String(line).trim())
  const url = await Promise.race([first, ended.then(() => null)])
  if (url === null) return `PostgreSQL could not be used: ${said.trim().replaceAll('\n', ' ')}`
  return {
    url,
    stop: async () => {
      child.stdin.end()
      await ended
    },
  }
}
