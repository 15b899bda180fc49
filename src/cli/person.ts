import type { Command } from 'commander'
import type { PersonWords } from '../main/person-verbs.ts'
import type { Shared } from '../main/program.ts'
import { run } from './run.ts'

/** `foreshock person ...`: what is kept of one customer, handed over or erased on their request. */
export function addPerson(program: Command): void {
  const person = program
    .command('person')
    .description('what is kept of one customer: hand it over, or erase it')
  const verb = (name: string, about: string): Command =>
    person
      .command(name)
      .description(about)
      .argument('<person>', 'C-12, an id of the CRM, a phone number or a name')
      .option('--config <file>', 'configuration file (default ./foreshock.yaml)')
      .option('--json', 'print JSON instead of words', false)
  verb('export', 'everything kept of them as JSON')
    .argument('[file]', 'where to; default standard output')
    .action((words: string, file: string | undefined, options: Shared) =>
      run('person export', { ...options, person: words, ...(file === undefined ? {} : { file }) }),
    )
  verb('erase', 'remove what they are known by, did and said; their cases stay without names and words')
    .option('--yes', 'yes, for good', false)
    .action((words: string, options: Shared & PersonWords) =>
      run('person erase', { ...options, person: words }),
    )
}
