import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { finished } from 'node:stream/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { clip } from '../../text.ts'
import { linesOf } from '../file/lines.ts'
import type { SingerMapping } from './mapping.ts'
import { followStderr } from './tail.ts'

/** How a tap came to its end. */
export type Ending =
  | { readonly by: 'itself'; readonly code: number | null; readonly killed: string | null }
  | { readonly by: 'silence' | 'length' }
  | { readonly by: 'us' }
  | { readonly by: 'not starting'; readonly code: string }

/** A tap that runs. */
export interface Tap {
  /** What it prints, line by line, as fast as it is taken. Ends when the tap does, whatever the reason. */
  lines(): AsyncGenerator<string>
  /** Resolves once it is gone. */
  ended(): Promise<Ending>
  /** Its last words beside the messages. */
  said(): string
  stop(): void
}

/** A tap that is asked to end gets so long before it is ended. */
const GRACE_MS = 5_000
const LAST_WORDS_MS = 1_000

/** @param given what it runs with: its state, its environment, where paths start, and where its words go */
export async function startTap(
  mapping: SingerMapping,
  given: {
    readonly state: unknown
    readonly env: Readonly<Record<string, string>>
    readonly folder: string
    mask(words: string): string
    log(line: string): void
  },
): Promise<Tap> {
  const { timeoutSeconds, longestMinutes } = mapping
  const place = given.state === null ? null : await stateFile(given.state)
  const child = spawn(commandOf(mapping, given.folder), argumentsOf(mapping, given.folder, place), {
    ...{ cwd: given.folder, env: given.env, shell: false, stdio: ['ignore', 'pipe', 'pipe'] },
    // Of a group of its own, so that what a wrapper such as `uv run` has started ends with it.
    ...{ windowsHide: true, detached: GROUPS },
  })
  // Unheard, one that comes late would end the program.
  child.on('error', () => {})
  let why: Ending | null = null
  let force: NodeJS.Timeout | undefined
  const end = (ending: Ending): void => {
    why ??= ending
    // What it started itself may hold the pipe open, even once it is gone.
    child.stdout.destroy()
    if (child.exitCode !== null || child.signalCode !== null) return
    signalAll(child, 'SIGTERM')
    force ??= setTimeout(() => signalAll(child, 'SIGKILL'), GRACE_MS)
  }
  const longest = setTimeout(() => end({ by: 'length' }), longestMinutes * 60_000)
  const gone = once(child, 'exit').then(
    ([code, killed]): Ending => why ?? { by: 'itself', code, killed },
    (error: NodeJS.ErrnoException): Ending => ({ by: 'not starting', code: error.code ?? error.message }),
  )
  const settled = gone.finally(async () => {
    clearTimeout(longest)
    clearTimeout(force)
    if (why !== null) signalAll(child, 'SIGKILL')
    // Its last words may still be on their way; who holds the pipe open after that is not waited for.
    await Promise.race([finished(child.stderr).catch(() => {}), pause(LAST_WORDS_MS, null, { ref: false })])
    child.stderr.destroy()
    if (place !== null) await rm(path.dirname(place), { recursive: true, force: true })
  })
  const said = followStderr(child.stderr, given.mask, given.log)
  child.stdout.setEncoding('utf8')

  /** Runs `wait`, and ends the tap where it takes too long: the time we need to store what came is not its own. */
  const patiently = async <T>(wait: () => Promise<T>): Promise<T> => {
    const timer = setTimeout(() => end({ by: 'silence' }), timeoutSeconds * 1000)
    return wait().finally(() => clearTimeout(timer))
  }
  return {
    lines: async function* () {
      const pages = linesOf(child.stdout)[Symbol.asyncIterator]()
      try {
        for (;;) {
          const page = await patiently(() => pages.next())
          if (page.done === true) return
          for (const { text } of page.value) yield text
        }
      } catch (error) {
        // A pipe that we closed ourselves breaks off; the ending tells why.
        if (why === null) throw error
      }
    },
    ended: () => patiently(() => settled),
    said,
    stop: () => end({ by: 'us' }),
  }
}

/** Signals to all that a process has started need groups of processes. */
const GROUPS = process.platform !== 'win32'

function signalAll(child: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (GROUPS && child.pid !== undefined) process.kill(-child.pid, signal)
    else child.kill(signal)
  } catch {
    // Nobody of the group is left.
  }
}

/** A word is looked for on the PATH; with a slash it is a path. */
function commandOf({ command }: SingerMapping, folder: string): string {
  return /[\\/]/.test(command) ? path.resolve(folder, command) : command
}

function argumentsOf(
  { args, config, catalog }: SingerMapping,
  folder: string,
  state: string | null,
): string[] {
  const named = { config, catalog }
  const files = Object.entries(named).flatMap(([name, file]) =>
    file === undefined ? [] : [`--${name}`, path.resolve(folder, file)],
  )
  return [...args, ...files, ...(state === null ? [] : ['--state', state])]
}

/** Singer takes the state as a file; this one is ours alone and goes with the tap. */
async function stateFile(state: unknown): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'foreshock-tap-'))
  const place = path.join(folder, 'state.json')
  await writeFile(place, JSON.stringify(state), { mode: 0o600 })
  return place
}

/** The command as it stands in the configuration, for what is said. */
export function shownCommand({ command }: SingerMapping): string {
  return clip(command, 80)
}
