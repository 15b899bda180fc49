import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { type Draw, pick } from '../../src/demo/random.ts'
import { PACKAGE_ROOT } from '../../src/paths.ts'
import type { Place } from '../../src/store/database.ts'
import type { StageSettings } from './stage.ts'

/** What a replica is told when it starts. */
export interface ReplicaSetup {
  readonly configFile: string
  readonly place: Place
  readonly stage: StageSettings
  readonly leaseMs: number
  readonly logLevel: string
}

/** What a replica says: it delivers, and has joined its platform. */
export type Told = 'works' | 'joined'

interface Replica {
  readonly child: ChildProcess
  works: boolean
  joined: boolean
  stopped: boolean
}

/** Several processes of the program on one database. */
export interface Fleet {
  /** kill -9 on one that works; another one starts in its place. False: none worked. */
  killOne(draw: Draw): boolean
  /** Stops one that works (SIGSTOP) for so long, then lets it go on. */
  freezeOne(draw: Draw, ms: number): Promise<void>
  /** Until all of them work and have joined their platform. */
  whole(): Promise<void>
  end(): Promise<void>
}

const REPLICA = fileURLToPath(new URL('./replica.ts', import.meta.url))

/**
 * The replica in one file: it starts in a fraction of the time that its sources take to be translated. The platforms stand
 * beside it, so that the library of one that is not used is not loaded.
 */
function bundle(): { file: string; remove(): void } {
  mkdirSync(join(PACKAGE_ROOT, '.foreshock'), { recursive: true })
  const folder = mkdtempSync(join(PACKAGE_ROOT, '.foreshock', 'torture-'))
  const file = join(folder, 'replica.mjs')
  const words = ['--bundle', '--splitting', '--platform=node', '--format=esm', '--packages=external']
  const out = [`--outdir=${folder}`, '--out-extension:.js=.mjs', '--log-level=error']
  execFileSync(join(PACKAGE_ROOT, 'node_modules/.bin/esbuild'), [REPLICA, ...words, ...out])
  return { file, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

export async function openFleet(count: number, setup: ReplicaSetup): Promise<Fleet> {
  const { file, remove } = bundle()
  const replicas = new Set<Replica>()
  let ending = false
  let failed: Error | null = null
  const begin = (): void => {
    const child = spawn(process.execPath, [file, JSON.stringify(setup)], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    })
    const replica: Replica = { child, works: false, joined: false, stopped: false }
    replicas.add(replica)
    child.on('message', (told: Told) => {
      replica[told] = true
    })
    child.on('exit', (code) => {
      replicas.delete(replica)
      if (code !== null && code !== 0 && !ending) failed = new Error(`a replica ended with code ${code}`)
    })
  }
  for (let place = 0; place < count; place += 1) begin()
  const working = (): Replica[] => [...replicas].filter(({ works, stopped }) => works && !stopped)
  const whole = async (): Promise<void> => {
    while (working().filter(({ joined }) => joined).length < count) {
      if (failed !== null) throw failed
      await pause(20)
    }
  }
  await whole()
  return {
    whole,
    killOne: (draw) => {
      const able = working()
      if (able.length === 0) return false
      const victim = pick(draw, able)
      victim.works = false
      victim.child.kill('SIGKILL')
      begin()
      return true
    },
    freezeOne: async (draw, ms) => {
      const able = working()
      if (able.length === 0) return
      const victim = pick(draw, able)
      victim.stopped = true
      victim.child.kill('SIGSTOP')
      await pause(ms)
      victim.child.kill('SIGCONT')
      victim.stopped = false
    },
    end: async () => {
      ending = true
      await Promise.all(
        [...replicas].map(async ({ child }) => {
          const exited = once(child, 'exit')
          child.kill('SIGCONT')
          child.send('end', () => {})
          const cut = setTimeout(() => child.kill('SIGKILL'), 25_000)
          await exited
          clearTimeout(cut)
        }),
      )
      remove()
    },
  }
}
