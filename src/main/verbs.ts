import { join, resolve } from 'node:path'
import { parseTop } from '../../commands/ranking/words.ts'
import { groupedList, rankedList } from '../../commands/top.ts'
import { groupsCard } from '../../templates/groups.ts'
import { topCard } from '../../templates/top.ts'
import type { Env } from '../config.ts'
import { findConfig, readConfig, readEnv } from '../config.ts'
import { isExpected } from '../errors.ts'
import { lockFolder } from '../store/lock.ts'
import { openDemo } from './demo.ts'
import { examine } from './doctor.ts'
import { fileFault } from './file-fault.ts'
import { runHeadless } from './headless.ts'
import { type LearnWords, learn } from './learn.ts'
import { type LeavingWords, leavingTrain } from './leaving-train.ts'
import { listVerb } from './list-verbs.ts'
import { type ManifestWords, manifestVerb } from './manifest-verb.ts'
import {
  adoptVerb,
  evaluateVerb,
  exportVerb,
  modelsVerb,
  promoteVerb,
  rollbackVerb,
  trainVerb,
} from './model-verbs.ts'
import { type PersonWords, personErase, personExport } from './person-verbs.ts'
import {
  DEMO_FOLDER,
  localeOf,
  logFor,
  requireConfig,
  type Shared,
  stopSignal,
  withProgram,
} from './program.ts'
import { pullVerb } from './pull-verb.ts'
import { retentionVerb } from './retention-verb.ts'
import { reviewVerb } from './review-verb.ts'
import { roiVerb } from './roi-verb.ts'
import { scoreVerb } from './score-verb.ts'
import { serve } from './serve.ts'
import { cardText, gradeTable } from './tables.ts'
import { openTerminal, type Terminal } from './terminal.ts'
import { classifyVerb, topicsVerb, type VoiceWords } from './voice-verbs.ts'
import { type VoicesTrainWords, voicesTrain } from './voices-train.ts'

type Options = Shared & {
  folder?: string
  fresh?: boolean
  words?: readonly string[]
  csv?: boolean
  dry?: boolean
  model?: string
  days?: string
  seed?: string
} & LearnWords &
  ManifestWords &
  VoicesTrainWords &
  LeavingWords &
  VoiceWords &
  PersonWords
export type Verb =
  | 'start'
  | 'demo'
  | 'headless'
  | 'migrate'
  | 'pull'
  | 'score'
  | 'top'
  | 'roi'
  | 'review'
  | 'search'
  | 'survey'
  | 'train'
  | 'evaluate'
  | 'models'
  | 'promote'
  | 'rollback'
  | 'adopt'
  | 'export'
  | 'learn'
  | 'person export'
  | 'person erase'
  | 'retention'
  | 'doctor'
  | 'manifest'
  | 'voices train'
  | 'voices leaving'
  | 'voices classify'
  | 'voices topics'

/** Runs one verb; an expected error is one clear message and exit code 1. */
export async function run(verb: Verb, options: Options): Promise<void> {
  const terminal = openTerminal(options.json)
  try {
    await VERBS[verb](options, terminal, readEnv())
  } catch (error) {
    terminal.done()
    const expected = isExpected(error) ? error : fileFault(error)
    if (expected === null) throw error
    terminal.fail(expected)
    process.exitCode = 1
  }
}

type Act = (options: Options, terminal: Terminal, env: Env) => Promise<void>

const VERBS: Readonly<Record<Verb, Act>> = {
  start: async (options, terminal, env) => {
    const file = findConfig(options.config, env, process.cwd())
    if (file === null) {
      terminal.say('No foreshock.yaml here: this is the demo company, made-up data on a clock of its own.')
      return VERBS.demo(options, terminal, env)
    }
    await serve({ config: readConfig(file, env), log: logFor(env) }, terminal)
  },
  demo: async (options, terminal, env) => {
    if (options.fresh) await refuseRunning(options.folder ?? DEMO_FOLDER)
    const demo = openDemo({ folder: options.folder ?? DEMO_FOLDER, fresh: options.fresh ?? false })
    const config = readConfig(demo.configFile, { ...env, DATABASE_URL: '' })
    await serve({ config, log: logFor(env), demo }, terminal)
    terminal.say(`Its files and settings: ${demo.configFile}`)
  },
  headless: async ({ days = '45', seed = '7' }, terminal, env) => {
    const log = logFor(env, 'error')
    const { progress } = terminal
    const graded = await runHeadless({ days: Number(days), seed, log, signal: stopSignal(), progress })
    terminal.result(graded, gradeTable(graded))
  },
  migrate: (options, terminal, env) =>
    withProgram(options, terminal, env, async ({ database }) => {
      const { applied } = database
      terminal.result(
        { applied },
        applied.length === 0 ? 'The tables are up to date.' : `Applied: ${applied.join(', ')}.`,
      )
    }),
  pull: (options, terminal, env) => withProgram(options, terminal, env, ({ ctx }) => pullVerb(ctx, terminal)),
  score: (options, terminal, env) =>
    withProgram(options, terminal, env, ({ ctx }) => scoreVerb(ctx, terminal)),
  top: (options, terminal, env) =>
    withProgram(options, terminal, env, async ({ ctx }) => {
      const asked = parseTop((options.words ?? []).join(' '))
      const view = { locale: localeOf(ctx), timeZone: ctx.config.company.timeZone, now: ctx.clock.now() }
      if (asked.by !== null) {
        const groups = await groupedList(ctx, asked)
        return terminal.result(groups, cardText(groupsCard(groups, view)))
      }
      const list = await rankedList(ctx, asked, true)
      terminal.result(list, cardText(topCard(list, view)))
    }),
  roi: (options, terminal, env) =>
    withProgram(options, terminal, env, ({ ctx }) => roiVerb(ctx, terminal, options.words ?? [])),
  review: (options, terminal, env) =>
    withProgram(options, terminal, env, ({ ctx }) => reviewVerb(ctx, terminal, options.words ?? [])),
  search: (options, terminal, env) =>
    withProgram(options, terminal, env, ({ ctx }) => listVerb(ctx, terminal, 'search', options)),
  survey: (options, terminal, env) =>
    withProgram(options, terminal, env, ({ ctx }) => listVerb(ctx, terminal, 'survey', options)),
  learn: (options, terminal) => learn(options, terminal, stopSignal()),
  train: (options, terminal, env) =>
    withProgram(options, terminal, env, ({ ctx }) => trainVerb(ctx, terminal, stopSignal())),
  evaluate: (options, terminal, env) =>
    withProgram(options, terminal, env, ({ ctx }) => evaluateVerb(ctx, terminal, options.model)),
  models: (options, terminal, env) =>
    withProgram(options, terminal, env, ({ ctx }) => modelsVerb(ctx, terminal)),
  promote: (options, terminal, env) =>
    withProgram(options, terminal, env, ({ ctx }) => promoteVerb(ctx, terminal, options.model ?? '')),
  rollback: (options, terminal, env) =>
    withProgram(options, terminal, env, ({ ctx }) => rollbackVerb(ctx, terminal)),
  adopt: (options, terminal, env) =>
    withProgram(options, terminal, env, ({ ctx }) => adoptVerb(ctx, terminal, options.model ?? '')),
  export: (options, terminal, env) =>
    withProgram(options, terminal, env, ({ ctx }) =>
      exportVerb(ctx, terminal, options.model ?? '', options.folder ?? '.'),
    ),
  'person export': (options, terminal, env) =>
    withProgram(options, terminal, env, ({ ctx }) => personExport(ctx, terminal, options)),
  'person erase': (options, terminal, env) =>
    withProgram(options, terminal, env, ({ ctx }) => personErase(ctx, terminal, options)),
  retention: (options, terminal, env) =>
    withProgram(options, terminal, env, ({ ctx }) =>
      retentionVerb(ctx, terminal, options.dry ?? false, stopSignal()),
    ),
  manifest: async (options, terminal) => manifestVerb(options, terminal),
  'voices train': (options, terminal) => voicesTrain(options, terminal, stopSignal()),
  'voices leaving': (options, terminal) => leavingTrain(options, terminal, stopSignal()),
  'voices classify': classifyVerb,
  'voices topics': topicsVerb,
  doctor: async (options, terminal, env) => {
    const findings = await examine(requireConfig(options, env), logFor(env))
    const faults = findings.filter((finding) => !finding.ok)
    const lines = findings.map(
      ({ ok, note, about, detail }) =>
        `${ok ? (note === true ? 'note' : 'ok  ') : 'FAIL'}  ${about}${detail === '' ? '' : `: ${detail}`}`,
    )
    terminal.result({ ok: faults.length === 0, findings }, lines.join('\n'))
    if (faults.length > 0) process.exitCode = 1
  },
}

/** Nobody's data is removed from under a program that is using it. Throws DATA_LOCKED. */
async function refuseRunning(demoFolder: string): Promise<void> {
  const unlock = await lockFolder(join(resolve(demoFolder), 'database'))
  await unlock()
}
