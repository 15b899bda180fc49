import type { Module } from './module.ts'
import type { Offence, Rule } from './project.ts'

/** Packages that no file of ours imports: the word in package.json's scripts that runs them, or makes code for them. */
const PROGRAMS: Readonly<Record<string, string>> = {
  typescript: 'tsc ',
  prisma: 'prisma ',
  '@prisma/client': 'prisma generate',
  '@biomejs/biome': 'biome ',
  tsx: 'tsx ',
}

const DECISIONS = 'docs/decisions.md'

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
  readonly scripts?: Readonly<Record<string, string>>
}

/**
 * Every package in package.json is used, and docs/decisions.md says why it was taken, its name in bold code:
 * **`name`**. The reason for a package that was given up is gone too.
 */
export const dependenciesAreUsedAndExplained: Rule = ({ files, modules }) => {
  const text = files.get('package.json') ?? '{}'
  const decisions = files.get(DECISIONS) ?? ''
  const { dependencies, devDependencies, scripts = {} } = JSON.parse(text) as Manifest
  const names = Object.keys({ ...dependencies, ...devDependencies })
  const reasons = [...decisions.matchAll(/\*\*`([^`]+)`\*\*/g)].map((found) => found[1]!)

  const inManifest = (name: string, what: string, mend: string): Offence => {
    return { path: 'package.json', line: lineOf(text, `"${name}":`), what: `${name} ${what}`, mend }
  }
  const unused = names.filter((name) => !isImported(name, modules) && !isRun(name, Object.values(scripts)))
  const unexplained = names.filter((name) => !reasons.includes(name))
  const stale = reasons.filter((name) => !names.includes(name))
  return [
    ...unused.map((name) => inManifest(name, 'is used nowhere', 'remove it')),
    ...unexplained.map((name) => inManifest(name, 'has no reason', `add a paragraph to ${DECISIONS}`)),
    ...stale.map((name) => ({
      path: DECISIONS,
      line: lineOf(decisions, `**\`${name}\`**`),
      what: `explains ${name}, which is not there`,
      mend: 'remove what it says, or move it to "What we do without"',
    })),
  ]
}

function isImported(name: string, modules: readonly Module[]): boolean {
  const owner = name.replace(/^@types\//, '')
  if (owner === 'node') return true
  return modules.some(({ imports }) =>
    imports.some(({ specifier }) => specifier === owner || specifier.startsWith(`${owner}/`)),
  )
}

function isRun(name: string, scripts: readonly string[]): boolean {
  const word = PROGRAMS[name]
  return word !== undefined && scripts.some((script) => script.includes(word))
}

function lineOf(text: string, words: string): number {
  return text.slice(0, text.indexOf(words)).split('\n').length
}
