import type { Offence, Project, Rule } from './project.ts'

/** What may stand in the repository's root. A new entry is a decision about the whole house. */
const ROOT = [
  ...[
    '.ci',
    '.env.example',
    '.gitignore',
    '.npmrc',
    'CHANGELOG.md',
    'CONTRIBUTING.md',
    'LICENSE',
    'README.md',
  ],
  ...['biome.json', 'package.json', 'package-lock.json', 'prisma.config.ts', 'vitest.config.ts'],
  ...['tsconfig.json', 'tsconfig.build.json'],
  ...['commands', 'docs', 'jobs', 'models', 'prisma', 'src', 'templates', 'test'],
]

export const theRootIsSmall: Rule = ({ files }) => {
  const entries = new Set([...files.keys()].map((path) => path.split('/')[0]!))
  return [...entries]
    .filter((entry) => !ROOT.includes(entry))
    .map((path) => ({
      path,
      line: 1,
      what: 'is a new entry in the root of the repository',
      mend: 'put it into the room it belongs to, or add it to ROOT in test/architecture/house.ts and to README',
    }))
}

/** A drawer for everything tells a reader nothing. */
const DRAWERS = /(^|\/)(utils?|helpers?|services?|common|misc|lib)(\/|\.tsx?$)/

export const noDrawers: Rule = ({ files }) =>
  [...files.keys()]
    .filter((path) => DRAWERS.test(path))
    .map((path) => ({
      path,
      line: 1,
      what: 'lies in a drawer',
      mend: 'name the folder or file after what it is about, in the words of the glossary',
    }))

/** Lines a file may have before it must say why here. */
export const LONGEST = 250

/** Files that may be longer, each with its reason. The list stays short: splitting is nearly always better. */
export const LONG_FILES: Readonly<Record<string, string>> = {}

export const filesStayShort: Rule = (project) => [...tooLong(project), ...staleReasons(project)]

function tooLong({ modules }: Project): Offence[] {
  return modules
    .filter(({ path, lines }) => lines > LONGEST && !(path in LONG_FILES))
    .map(({ path, lines }) => ({
      path,
      line: LONGEST + 1,
      what: `has ${lines} lines, more than ${LONGEST}`,
      mend: 'split it by story, or give a reason in LONG_FILES of test/architecture/house.ts',
    }))
}

function staleReasons({ modules }: Project): Offence[] {
  const long = new Set(modules.filter(({ lines }) => lines > LONGEST).map(({ path }) => path))
  return Object.keys(LONG_FILES)
    .filter((path) => !long.has(path))
    .map((path) => ({
      path,
      line: 1,
      what: `is not longer than ${LONGEST} lines`,
      mend: 'take it off LONG_FILES',
    }))
}
