import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { demoConfig } from '../../src/demo/config.ts'
import { openStream } from '../../src/demo/random.ts'
import type { Place } from '../../src/store/database.ts'
import { type Click, clicksOf } from './clicks.ts'
import { aim, drawKill, type Kill, type Killing } from './kills.ts'
import { openPlatform, type Platform } from './platform.ts'
import { type Eyes, Killed, type Program, startProgram } from './program.ts'
import { copyKeepingTimes, inputsOf, type Phase, type Step, type Story, stepsOf } from './story.ts'
import type { BoardCase, Press } from './wire.ts'

/** What is left of one run of the story. */
export interface Remains {
  readonly platform: Platform
  readonly board: readonly BoardCase[]
  /** Folder with a file of rows for each table. */
  readonly dump: string
  /** The answer to every request. */
  readonly answers: ReadonlyMap<string, string>
  /** Clicks that were sent again since no answer came. */
  readonly clicksResent: number
  readonly kills: readonly Killing[]
}

export interface Scene {
  readonly story: Story
  /** Folder with the story's inputs, and an empty one for this run. */
  readonly inputs: string
  readonly folder: string
  readonly place: Place
  readonly eyes: Eyes
  /** How many times the program is killed; spread evenly over the steps. */
  readonly kills: number
}

/** Lives through the story from beginning to end, killing the program on the way as often as asked. */
export async function live(scene: Scene): Promise<Remains> {
  const { story, folder, place, eyes } = scene
  const configFile = join(folder, 'foreshock.yaml')
  const exports = join(folder, 'exports')
  mkdirSync(exports, { recursive: true })
  writeFileSync(configFile, demoConfig('./exports'))
  const platform = openPlatform()
  const desk = openDesk()
  const kills: Killing[] = []
  const restart = (): Promise<Program> =>
    startProgram({ kind: 'setup', configFile, place, killed: kills.length }, platform, eyes)
  let program = await restart()

  const steps = stepsOf(story)
  for (const [index, step] of steps.entries()) {
    if (step.phase === 'pull') copyKeepingTimes(inputsOf(scene.inputs, step.day), exports)
    if (step.phase === 'clicks')
      desk.plan(clicksOf(story.seed, step.day, (await program.do({ do: 'board' })) as BoardCase[]))
    const act = actor(step, desk)
    for (let left = share(scene.kills, steps.length, index); left > 0; left -= 1) {
      const kill = drawKill(openStream(story.seed, 'kill', kills.length), step.phase)
      kills.push(await killDuring(program, act, kill, step.phase))
      program = await restart()
    }
    // The last round is left in peace.
    await act(program)
  }

  const board = (await program.do({ do: 'board' })) as BoardCase[]
  const dump = join(folder, 'rows')
  await program.do({ do: 'dump', folder: dump })
  await program.do({ do: 'close' })
  await program.stop()
  return { platform, board, dump, answers: desk.answers, clicksResent: desk.resent(), kills }
}

/** `count` things dealt out over `places`: how many fall to one of them. */
function share(count: number, places: number, place: number): number {
  return Math.floor((count * (place + 1)) / places) - Math.floor((count * place) / places)
}

type Act = (program: Program) => Promise<void>

async function killDuring(program: Program, act: Act, kill: Kill, phase: Phase): Promise<Killing> {
  const aimed = aim(program, kill)
  const idle = await act(program).then(
    () => !aimed.fired(),
    (error: unknown) => {
      if (error instanceof Killed) return false
      throw error
    },
  )
  if (idle) aimed.now()
  return { ...kill, phase, inTransaction: await aimed.hit, idle }
}

/** On a server, the slot of a process that died is taken over after a quarter of an hour. Minutes. */
const TAKEN_OVER = 16

const JOBS: Readonly<Partial<Record<Phase, readonly string[]>>> = {
  pull: ['pull'],
  score: ['score', 'follow-up', 'sla'],
}

/** Does one step of the story; doing it again finds what is left of it. */
function actor({ phase, at, live }: Step, desk: Desk): Act {
  const jobs = JOBS[phase]
  let later = -1
  return async (program) => {
    if (jobs !== undefined) {
      // Back within a minute, the program may find its slot still taken; a while later its work must be done.
      later += 1
      await program.do({ do: 'jobs', jobs, at, live, later })
      later += TAKEN_OVER
      await program.do({ do: 'jobs', jobs, at, live, later })
    }
    if (phase === 'clicks') await desk.work((press) => program.do({ do: 'press', at, press }))
    if (phase === 'delivery' || phase === 'clicks') await program.do({ do: 'deliver', at })
  }
}

interface Desk {
  readonly answers: ReadonlyMap<string, string>
  resent(): number
  plan(clicks: readonly Click[][]): void
  /** Presses whatever has not been answered yet, several cases at a time. */
  work(send: (press: Press) => Promise<unknown>): Promise<void>
}

/** The people's side: whoever gets no answer presses again, with the same request. */
function openDesk(): Desk {
  const answers = new Map<string, string>()
  const sent = new Set<string>()
  let chains: readonly Click[][] = []
  let resent = 0
  const AT_ONCE = 6
  return {
    answers,
    resent: () => resent,
    plan: (clicks) => {
      chains = clicks
    },
    work: async (send) => {
      const left = chains.map((chain) => chain.filter(({ press }) => !answers.has(press.request)))
      const queue = left.filter((chain) => chain.length > 0)
      const person = async (): Promise<void> => {
        for (let chain = queue.shift(); chain !== undefined; chain = queue.shift()) {
          for (const { press, twice } of chain) {
            if (sent.has(press.request)) resent += 1
            sent.add(press.request)
            const told = await Promise.all(twice ? [send(press), send(press)] : [send(press)])
            answers.set(press.request, told.join(' | '))
          }
        }
      }
      await Promise.all(Array.from({ length: AT_ONCE }, person))
    },
  }
}
