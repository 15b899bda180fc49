import type { Offence, Project, Rule } from './project.ts'

interface Entry {
  readonly path: string
  readonly folder: boolean
  readonly line: number
}

/** A name in the tree: `store/`, `main.ts`. Names on one line are parted by one space, the remark by two or `#`. */
const NAME = /^[\w.-]+\/?$/

/**
 * README's tree (a ```text block under a heading that says Architecture, two spaces a level) is the disk:
 * it names every folder of the root and everything directly in src/; of any other folder all or nothing.
 */
export const readmeTreeIsTheDisk: Rule = (project) => {
  const readme = project.files.get('README.md')
  const lost = (what: string): Offence[] => [
    { path: 'README.md', line: 1, what, mend: 'see test/architecture/papers.ts for the form' },
  ]
  if (readme === undefined) return lost('is missing')
  const tree = readTree(readme)
  if (tree.length === 0) return lost('has no ```text tree under a heading "Architecture"')
  return [...namesNothing(project, tree), ...leavesOut(project, tree)]
}

function readTree(readme: string): Entry[] {
  const entries: Entry[] = []
  const parents: string[] = []
  const lines = readme.split('\n')
  const heading = lines.findIndex((line) => /^#+ .*Architecture/i.test(line))
  const start = heading < 0 ? -1 : lines.indexOf('```text', heading)
  for (let at = start + 1; start >= 0 && at < lines.length && lines[at] !== '```'; at += 1) {
    const [, indent = '', names = ''] = /^( *)(.*?)(?: {2,}.*| *#.*)?$/.exec(lines[at]!) ?? []
    const depth = indent.length / 2
    for (const name of names.split(' ').filter((each) => NAME.test(each))) {
      const folder = name.endsWith('/')
      const path = [...parents.slice(0, depth), name.replace(/\/$/, '')].join('/')
      if (folder) parents[depth] = name.slice(0, -1)
      entries.push({ path, folder, line: at + 1 })
    }
  }
  return entries
}

function namesNothing({ files }: Project, tree: readonly Entry[]): Offence[] {
  const folders = foldersOf(files.keys())
  return tree
    .filter(({ path, folder }) => !(folder ? folders.has(path) : files.has(path)))
    .map(({ path, line }) => ({
      path: 'README.md',
      line,
      what: `names ${path}, which is not there`,
      mend: 'bring the tree up to date',
    }))
}

function leavesOut({ files }: Project, tree: readonly Entry[]): Offence[] {
  const named = new Set(tree.map(({ path }) => path))
  const opened = new Set(['src', ...tree.map(({ path }) => parentOf(path))])
  const folders = foldersOf(files.keys())
  return [...folders, ...files.keys()]
    .filter((path) => {
      const parent = parentOf(path)
      return parent === '' ? folders.has(path) && !path.startsWith('.') : opened.has(parent)
    })
    .filter((path) => !named.has(path))
    .map((path) => ({
      path: 'README.md',
      line: tree[0]!.line,
      what: `its tree leaves out ${path}${folders.has(path) ? '/' : ''}`,
      mend: 'add the line, with a few words on what it is for',
    }))
}

function parentOf(path: string): string {
  return path.split('/').slice(0, -1).join('/')
}

function foldersOf(paths: Iterable<string>): Set<string> {
  const folders = new Set<string>()
  for (const path of paths) {
    for (let parent = parentOf(path); parent !== ''; parent = parentOf(parent)) folders.add(parent)
  }
  return folders
}

/** `.env.example` names exactly the variables that src/config.ts declares in ENV, each set or commented out. */
export const exampleEnvironmentIsTheConfig: Rule = ({ files, modules }) => {
  const example = files.get('.env.example')
  const declared = modules.find(({ path }) => path === 'src/config.ts')?.objects.get('ENV')
  if (!declared) {
    return [
      { path: 'src/config.ts', line: 1, what: 'does not export ENV', mend: 'declare every variable in it' },
    ]
  }
  if (example === undefined) {
    return [{ path: '.env.example', line: 1, what: 'is missing', mend: 'name every variable of ENV in it' }]
  }
  const shown = new Map<string, number>()
  for (const [index, line] of example.split('\n').entries()) {
    const name = /^(?:# ?)?([A-Z][A-Z0-9_]*)=/.exec(line)?.[1]
    if (name) shown.set(name, index + 1)
  }
  const unknown = [...shown].filter(([name]) => !declared.has(name))
  const missing = [...declared.keys()].filter((name) => !shown.has(name))
  return [
    ...unknown.map(([name, line]) => ({
      path: '.env.example',
      line,
      what: `names ${name}, which src/config.ts does not read`,
      mend: 'remove the line, or declare the variable in ENV',
    })),
    ...missing.map((name) => ({
      path: '.env.example',
      line: 1,
      what: `leaves out ${name}`,
      mend: 'add a line for it, commented out where it is optional',
    })),
  ]
}
