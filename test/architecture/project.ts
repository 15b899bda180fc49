import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Module, readModule } from './module.ts'

/** The repository as the rules see it: every file's text by path, and every code file parsed. */
export interface Project {
  readonly files: ReadonlyMap<string, string>
  readonly modules: readonly Module[]
}

/** One breach: where it stands, what it is, and how to mend it. */
export interface Offence {
  readonly path: string
  readonly line: number
  readonly what: string
  readonly mend: string
}

/** What the rules say is wrong with a project; empty when it keeps them. */
export type Rule = (project: Project) => Offence[]

export function say({ path, line, what, mend }: Offence): string {
  return `${path}:${line} ${what}. Mend: ${mend}.`
}

/** A project from texts in memory, so that a test can plant an offence. */
export function projectOf(texts: Readonly<Record<string, string>>): Project {
  const files = new Map(Object.entries(texts))
  const code = [...files].filter(([path]) => /\.(ts|tsx|mjs)$/.test(path))
  return { files, modules: code.map(([path, text]) => readModule(path, text)) }
}

/** What a rule says about a project that exists only in a test. */
export function findings(rule: Rule, texts: Readonly<Record<string, string>>): string[] {
  return rule(projectOf(texts)).map(say)
}

/** Made by machines or kept out of the repository: .gitignore's folders, and what git itself keeps. */
const IGNORED =
  /^(\.git|\.foreshock|node_modules|dist|coverage|src\/store\/generated|foreshock\.yaml|\.env|.*\.log)$/
const BUILT = /\/dist$/

/** Whole texts are read only where a rule looks at them. */
const READ = /\.(ts|tsx|mjs|md|prisma|sql)$|^(\.env\.example|package\.json)$/

export function readProject(root: string): Project {
  const texts: Record<string, string> = {}
  const walk = (folder: string) => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`
      if (IGNORED.test(path) || BUILT.test(path)) continue
      if (entry.isDirectory()) walk(path)
      else texts[path] = READ.test(path) ? readFileSync(join(root, path), 'utf8') : ''
    }
  }
  walk('')
  return projectOf(texts)
}
