import type { Import, Module } from './module.ts'
import { PACKAGES } from './package-homes.ts'
import type { Offence, Rule } from './project.ts'
import { LEAVES, PURE, type Room, roomOf } from './rooms.ts'

/** Every import stays within what its room may lean on. */
export const roomsKeepToTheirNeighbours: Rule = ({ modules }) =>
  modules.flatMap((module) => {
    const room = roomOf(module.path)
    if (!room) {
      return [
        {
          path: module.path,
          line: 1,
          what: 'belongs to no room of the house',
          mend: 'move it into one, or name it in test/architecture/rooms.ts',
        },
      ]
    }
    return module.imports.flatMap((each) => importOffence(module, room, each) ?? [])
  })

function importOffence(
  { path }: Module,
  room: Room,
  { target, specifier, typeOnly, line }: Import,
): Offence | null {
  if (target === null) return packageOffence(path, room, specifier, line)
  const other = roomOf(target)
  if (!other || other === room) return null
  const shut = LEAVES[other.name]
  if (shut && !shut.includes(room.name)) {
    const openTo = shut.filter((name) => name !== 'test').join(' and ') || 'nobody but tests'
    return {
      path,
      line,
      what: `imports ${target}, which is open to ${openTo}`,
      mend: 'take what it needs through ctx or as an argument',
    }
  }
  if (allows(room.may, other) || room.also?.includes(target)) return null
  if (allows(room.mayTypes ?? [], other)) {
    if (typeOnly) return null
    const what = `${room.name} may take only types from ${other.name}, and imports values of ${target}`
    return { path, line, what, mend: 'use `import type`, or move the value to a room it may use' }
  }
  return { path, line, what: `${room.name} may not import ${other.name} (${target})`, mend: neighbours(room) }
}

function packageOffence(path: string, room: Room, specifier: string, line: number): Offence | null {
  if (room.name === 'test' || room.name === 'tools') return null
  if (specifier.startsWith('node:')) {
    if (!room.pure) return null
    const mend = 'do the I/O in an I/O room or in src/main.ts and hand the result in'
    return { path, line, what: `${room.name} is pure and imports ${specifier}`, mend }
  }
  const name = specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
  const homes = PACKAGES[name]
  if (!homes || homes.some((home) => path.startsWith(home))) return null
  const mend = `use it from there, or add the place to PACKAGES in test/architecture/package-homes.ts with a reason`
  return { path, line, what: `imports ${name}, whose only place is ${homes.join(', ')}`, mend }
}

function allows(list: readonly string[], room: Room): boolean {
  return list.includes('*') || list.includes(room.name)
}

function neighbours(room: Room): string {
  const values = room.may.join(', ') || 'nothing'
  const types = room.mayTypes ? `; types only: ${room.mayTypes.join(', ')}` : ''
  return `${room.name} may use ${values}${types}. Declare a narrow interface here and let src/main.ts hand it in`
}

/** No file reaches itself through its imports; `import type` counts, because a reader follows it too. */
export const noCycles: Rule = ({ modules }) => {
  const byPath = new Map(modules.map((module) => [module.path, module]))
  const done = new Set<string>()
  const offences: Offence[] = []
  const visit = (module: Module, trail: readonly string[]): void => {
    if (done.has(module.path)) return
    for (const { target, line } of module.imports) {
      const next = target === null ? undefined : byPath.get(target)
      if (!next) continue
      const from = [...trail, module.path]
      const loop = from.indexOf(next.path)
      if (loop < 0) visit(next, from)
      else offences.push(cycle(module.path, line, [...from.slice(loop), next.path]))
    }
    done.add(module.path)
  }
  for (const module of modules) visit(module, [])
  return offences
}

/** Pure rooms stand in an order: no two of them lean on each other, even through different files. */
export const pureRoomsAreOrdered: Rule = ({ modules }) => {
  const leaning = new Map<string, { path: string; line: number }>()
  for (const { path, imports } of modules) {
    const from = roomOf(path)?.name ?? ''
    for (const { target, line } of imports) {
      const to = (target !== null && roomOf(target)?.name) || ''
      if (from !== to && PURE.includes(from) && PURE.includes(to))
        leaning.set(`${from} ${to}`, { path, line })
    }
  }
  return [...leaning].flatMap(([pair, { path, line }]) => {
    const [from, to] = pair.split(' ') as [string, string]
    const back = leaning.get(`${to} ${from}`)
    if (!back || from < to) return []
    const what = `${from} leans on ${to}, and ${to} on ${from} (${back.path}:${back.line})`
    return [{ path, line, what, mend: 'move what both need into the lower of the two' }]
  })
}

function cycle(path: string, line: number, around: readonly string[]): Offence {
  return {
    path,
    line,
    what: `closes a cycle: ${around.join(' -> ')}`,
    mend: 'move what both ends need into a file that imports neither',
  }
}
