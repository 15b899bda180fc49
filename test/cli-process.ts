import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { scriptAt } from './built.ts'

const CLI = scriptAt(import.meta.url, '../src/cli')

/** How a verb ended, as a shell sees it. */
export interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

export interface Started {
  readonly pid: number
  /** Everything on standard error so far. */
  err(): string
  /** Waits for a line on standard error. */
  said(words: RegExp): Promise<RegExpExecArray>
  /** Sends the signal and waits for the end; `ms` is how long that took. */
  stop(signal: NodeJS.Signals): Promise<Ended & { readonly ms: number }>
}

/** Starts `foreshock ...words` in a folder, with no other environment than what is given. */
export function startCli(
  folder: string,
  words: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Started & { ended: Promise<Ended> } {
  const { PATH = '', HOME = '', TMPDIR = '/tmp' } = process.env
  const child = spawn(process.execPath, [...CLI.execArgv, CLI.file, ...words], {
    cwd: folder,
    env: { PATH, HOME, TMPDIR, ...env },
  })
  const seen = { out: '', err: '' }
  child.stdout.on('data', (chunk) => (seen.out += chunk))
  child.stderr.on('data', (chunk) => (seen.err += chunk))
  const ended = new Promise<Ended>((resolve) => child.once('close', (code) => resolve({ code, ...seen })))
  return {
    pid: child.pid!,
    err: () => seen.err,
    ended,
    said: (words) => lineIn(child, () => seen.err, words),
    stop: async (signal) => {
      const from = performance.now()
      child.kill(signal)
      return { ...(await ended), ms: performance.now() - from }
    },
  }
}

/** Runs a verb to its end. */
export function cli(
  folder: string,
  words: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  return startCli(folder, words, env).ended
}

function lineIn(
  child: ChildProcessWithoutNullStreams,
  text: () => string,
  words: RegExp,
): Promise<RegExpExecArray> {
  return new Promise((resolve, reject) => {
    const look = (): void => {
      const found = words.exec(text())
      if (found !== null) resolve(found)
    }
    child.stderr.on('data', look)
    child.once('close', () => reject(new Error(`ended before it said ${words}: ${text()}`)))
    look()
  })
}
