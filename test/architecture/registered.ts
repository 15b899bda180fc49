import type { Module } from './module.ts'
import type { Offence, Project, Rule } from './project.ts'

/** A verb or a job is one file, exports one thing of the same name, and stands in its folder's list. */
export const everyVerbAndJobIsRegistered: Rule = (project) =>
  ['commands', 'jobs'].flatMap((folder) => {
    const index = project.modules.find(({ path }) => path === `${folder}/index.ts`)
    const members = membersOf(project, folder)
    if (!index && members.length === 0) return []
    if (!index)
      return [{ path: folder, line: 1, what: 'has no index.ts', mend: `list every file of ${folder}/ in it` }]
    return members.flatMap((member) => memberOffences(member, index))
  })

function membersOf({ modules }: Project, folder: string): Module[] {
  const direct = new RegExp(`^${folder}/[^/]+\\.ts$`)
  return modules.filter(({ path }) => direct.test(path) && path !== `${folder}/index.ts`)
}

function memberOffences(member: Module, index: Module): Offence[] {
  const { path } = member
  const name = path.replace(/^.*\/|\.ts$/g, '')
  const identifier = name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
  const offences: Offence[] = []
  if (!member.exports.includes(identifier)) {
    const what = `does not export \`${identifier}\``
    offences.push({
      path,
      line: 1,
      what,
      mend: `a file here is named after what it exports; what several share lives elsewhere`,
    })
  }
  const declared = member.objects.get(identifier)?.get('name')
  if (declared && declared !== name) {
    const what = `is called "${declared}" to its users, but its file is called ${name}.ts`
    offences.push({ path, line: 1, what, mend: 'give both the same name' })
  }
  if (!index.imports.some(({ target, typeOnly }) => target === path && !typeOnly)) {
    const what = `does not list ${path}`
    offences.push({
      path: index.path,
      line: 1,
      what,
      mend: `import \`${identifier}\` and add it to the list`,
    })
  }
  return offences
}
