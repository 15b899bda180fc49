#!/usr/bin/env node
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Command, CommanderError } from 'commander'
import { addPerson } from './cli/person.ts'
import { run } from './cli/run.ts'
import { addVoices } from './cli/voices.ts'
import { ForeshockError } from './errors.ts'
import type { LearnWords } from './main/learn.ts'
import type { Shared } from './main/program.ts'
import { openTerminal } from './main/terminal.ts'
import { PACKAGE_ROOT } from './paths.ts'

/** The command line: verbs, their options, and one sentence where something is wrong. */

const { version: VERSION } = JSON.parse(readFileSync(join(PACKAGE_ROOT, 'package.json'), 'utf8')) as {
  version: string
}

const program = new Command('foreshock')
  .description('Feels the small shocks before a customer leaves. 前震：客户流失前的小震动。')
  .version(VERSION, '--version', 'print the version')
  .configureHelp({ showGlobalOptions: true })
  // What is wrong with a line is said below, as everything else that is wrong.
  .configureOutput({ outputError: () => {} })
  .exitOverride()

interface DemoOptions {
  folder: string
  fresh: boolean
  headless: boolean
  days: string
  seed: string
}

function verb(name: string, about: string): Command {
  return program
    .command(name)
    .description(about)
    .option('--config <file>', 'configuration file (default ./foreshock.yaml)')
    .option('--json', 'print JSON instead of words', false)
}

verb(
  'start',
  'run everything: pull, score, cards, console; without a configuration, the demo company',
).action((options: Shared) => run('start', options))
verb('demo', 'run the demo company with its own clock')
  .option('--folder <folder>', 'where the demo lives', '.foreshock/demo')
  .option('--fresh', 'begin the demo again', false)
  .option('--headless', 'no console: live some days with scripted staff and grade the warnings', false)
  .option('--days <days>', 'how many days a headless run lives', '45')
  .option('--seed <seed>', 'which company a headless run makes up', '7')
  .action((options: Shared & DemoOptions) => run(options.headless ? 'headless' : 'demo', options))
verb('migrate', 'bring the database’s tables up to date').action((options: Shared) => run('migrate', options))
verb('pull', 'read what is new in every source').action((options: Shared) => run('pull', options))
verb('score', 'judge every customer now, and open or raise cases').action((options: Shared) =>
  run('score', options),
)
verb('top', 'customers at risk, ranked')
  .argument('[words...]', 'how many, and a tier, store, region or owner')
  .action((words: string[], options: Shared) => run('top', { ...options, words }))
verb('roi', 'does it work and pay, since the first case or in some time; by CSM; the pilot’s gate')
  .argument('[words...]', 'last 90d, 2026-06, team, or pilot with regions and stores')
  .action((words: string[], options: Shared) => run('roi', { ...options, words }))
verb('review', 'looks back on what playbooks came to, or on churn and return')
  .argument('[words...]', 'playbooks or churn, and a time: 2026-Q3, last quarter')
  .action((words: string[], options: Shared) => run('review', { ...options, words }))
for (const [name, about, words] of [
  ['search', 'what customers said, found by words and filters', 'words, "phrases", -without, site: since: …'],
  [
    'survey',
    'customers who are still here and have said nothing for long',
    'a store, region, product or owner',
  ],
] as const) {
  verb(name, about)
    .argument('[words...]', words)
    .option('--csv', 'print a table for a spreadsheet', false)
    .action((asked: string[], options: Shared & { csv: boolean }) => run(name, { ...options, words: asked }))
}
verb('train', 'learn a model from your own history, and say how it did').action((options: Shared) =>
  run('train', options),
)
verb(
  'evaluate',
  'hold a model against the rules and the model in use on the latest months whose outcome is known',
)
  .argument('[model]', 'its number, e.g. M-3; default the one in use')
  .action((model: string | undefined, options: Shared) =>
    run('evaluate', { ...options, ...(model === undefined ? {} : { model }) }),
  )
verb('models', 'the models there are, and the one in use').action((options: Shared) => run('models', options))
verb('promote', 'put a model to use')
  .argument('<model>', 'its number, e.g. M-3')
  .action((model: string, options: Shared) => run('promote', { ...options, model }))
verb('rollback', 'back to what judged before').action((options: Shared) => run('rollback', options))
verb('adopt', 'take in an ONNX model made elsewhere, with its description beside it')
  .argument('<file>', 'FILE.onnx; FILE.json describes it')
  .action((model: string, options: Shared) => run('adopt', { ...options, model }))
verb('export', 'write a model as ONNX with its description and model card')
  .argument('<model>', 'its number, e.g. M-3')
  .argument('[folder]', 'where to; default here', '.')
  .action((model: string, folder: string, options: Shared) => run('export', { ...options, model, folder }))
program
  .command('learn')
  .description('what a table with a label can teach: out-of-fold figures of a learned model')
  .argument('<table>', 'CSV or TSV file, also .gz')
  .requiredOption('--label <column>', 'column that says who left')
  .option('--positive <value>', 'its value for those who left')
  .option('--id <column>', 'column that names the rows')
  .option('--cv <folds>', 'folds of the evaluation', '5')
  .option('--algo <algorithm>', 'gbdt, forest or logistic; without it inner validation chooses')
  .option('--seed <number>', 'what chance is drawn from', '1')
  .option('--json', 'print JSON instead of words', false)
  .action((table: string, options: Shared & LearnWords) => run('learn', { ...options, table }))
addVoices(program)
addPerson(program)
verb('retention', 'erase what is older than the configuration lets it be kept, as each night does')
  .option('--dry', 'only say how much that is', false)
  .action((options: Shared & { dry: boolean }) => run('retention', options))
verb('doctor', 'check configuration, sources, database and port').action((options: Shared) =>
  run('doctor', options),
)

verb('manifest', 'what an app on a chat platform needs, to be pasted when it is created')
  .argument('<platform>', 'slack or lark')
  .option('--address <url>', 'events come over HTTPS to this address, instead of over a connection of ours')
  .option('--language <language>', 'of the words people see: zh or en', 'en')
  .action((platform: string, options: Shared) => run('manifest', { ...options, platform }))

// `foreshock top | head` closes the pipe early: that is how it ends, not a fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0)
  throw error
})

try {
  await program.parseAsync()
} catch (error) {
  if (!(error instanceof CommanderError)) throw error
  process.exitCode = error.exitCode
  if (error.exitCode !== 0 && error.code !== 'commander.help') {
    openTerminal(process.argv.includes('--json')).fail(wrongLine(error))
  }
}

/** "promote ": whose line was wrong, its own page says what it takes. */
function verbNamed(): string {
  const typed = process.argv.slice(2).filter((word) => !word.startsWith('-'))
  const verb = program.commands.find((each) => each.name() === typed[0])
  if (verb === undefined) return ''
  const within = verb.commands.find((each) => each.name() === typed[1])
  return `${verb.name()} ${within === undefined ? '' : `${within.name()} `}`
}

/** Commander's "error: unknown command 'tpo'\n(Did you mean top?)" as a sentence and its mend. */
function wrongLine({ message }: CommanderError): ForeshockError {
  const [what = '', near] = message.replace(/^error: /, '').split('\n')
  const hint = near?.replace(/^\(|\)$/g, '') ?? `Run \`foreshock ${verbNamed()}--help\` to see what there is.`
  return new ForeshockError(
    'BAD_INPUT',
    `${what.charAt(0).toUpperCase()}${what.slice(1).replace(/\.$/, '')}.`,
    hint,
  )
}
