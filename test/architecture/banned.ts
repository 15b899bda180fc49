import type { Module } from './module.ts'
import type { Offence, Rule } from './project.ts'

interface Ban {
  /** Constructs as `readModule` names them; `console.*` matches every property. */
  readonly names: readonly string[]
  /** Files and folders where they are at home. */
  readonly home: readonly string[]
  readonly mend: string
}

/** One place each for the time, for chance, for the environment and for what is printed. */
export const BANS: readonly Ban[] = [
  {
    names: ['Date.now', 'new Date()', 'Date()'],
    home: ['src/clock.ts', 'test/'],
    mend: 'take the time from the injected clock, `clock.now()`',
  },
  {
    names: ['Math.random', 'crypto.randomUUID', 'randomUUID()'],
    home: ['src/ids.ts', 'test/'],
    mend: 'take ids from the injected `newId`, and chance from a seeded generator',
  },
  {
    names: ['process.env'],
    // The boot of threads: only tests set what it looks for.
    home: ['src/config.ts', 'src/thread-boot.mjs', 'prisma.config.ts', 'test/'],
    mend: 'declare the variable in ENV of src/config.ts and pass its value in',
  },
  {
    names: ['console.*'],
    home: ['src/cli.ts', 'src/cli/', 'test/'],
    mend: 'log through `log` (it redacts), or print from the command line',
  },
]

export const oneHomeForTheOutsideWorld: Rule = ({ modules }) =>
  modules.flatMap((module) => BANS.flatMap((ban) => usesOutsideHome(module, ban)))

function usesOutsideHome({ path, uses }: Module, { names, home, mend }: Ban): Offence[] {
  if (home.some((place) => path === place || (place.endsWith('/') && path.startsWith(place)))) return []
  return uses
    .filter(({ name }) => names.includes(name) || names.includes(`${name.split('.')[0]}.*`))
    .map(({ name, line }) => ({ path, line, what: `uses \`${name}\``, mend }))
}

const SQL_CLOCK =
  /\b(now|clock_timestamp|statement_timestamp|transaction_timestamp)\s*\(|\bcurrent_(date|time|timestamp)\b|\blocal(time|timestamp)\b/i
const SQL_MEND = 'write `clock.now()` as a parameter: the demo and the tests have a clock of their own'

/** Prisma's own table of migrations keeps the real time at which each ran. */
const REAL_TIME = ['src/store/migrate.ts']

/** The database's own clock appears nowhere: not in the store's SQL, not in the schema, not in a migration. */
export const theDatabaseHasNoClock: Rule = ({ files, modules }) => [
  ...modules
    .filter(({ path }) => path.startsWith('src/store/') && !REAL_TIME.includes(path))
    .flatMap(({ path, strings }) => strings.flatMap(({ text, line }) => sqlOffences(path, text, line))),
  ...[...files]
    .filter(([path]) => /^prisma\/.*\.(prisma|sql)$/.test(path))
    .flatMap(([path, text]) => sqlOffences(path, withoutComments(path, text), 1)),
]

function sqlOffences(path: string, text: string, firstLine: number): Offence[] {
  return text.split('\n').flatMap((words, index) => {
    const found = SQL_CLOCK.exec(words)?.[0]
    if (found === undefined) return []
    return [
      {
        path,
        line: firstLine + index,
        what: `asks the database for the time (\`${found}\`)`,
        mend: SQL_MEND,
      },
    ]
  })
}

function withoutComments(path: string, text: string): string {
  return text.replace(path.endsWith('.sql') ? /--.*$/gm : /\/\/.*$/gm, '')
}
