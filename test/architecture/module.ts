import { posix } from 'node:path'
import { type Program, parseSync, type StaticExportEntry, Visitor } from 'oxc-parser'

/** One import, re-export, dynamic import or `import('...')` type of a file. */
export interface Import {
  readonly specifier: string
  /** Path from the repository's root when the specifier is relative, else null (a package). */
  readonly target: string | null
  readonly typeOnly: boolean
  readonly line: number
}

/** A construct that some rule may forbid, by the name the rules use: `Date.now`, `console.log`, `new Date()`. */
export interface Use {
  readonly name: string
  readonly line: number
}

export interface Words {
  readonly text: string
  readonly line: number
}

/** What the rules need to know of one code file. Lines count from 1. */
export interface Module {
  readonly path: string
  readonly lines: number
  readonly imports: readonly Import[]
  readonly exports: readonly string[]
  readonly uses: readonly Use[]
  /** String literals and the fixed parts of templates. */
  readonly strings: readonly Words[]
  /** For each exported constant that is an object: its keys, with the value where that is a plain string. */
  readonly objects: ReadonlyMap<string, ReadonlyMap<string, string | null>>
}

export function readModule(path: string, text: string): Module {
  const { program, module, errors } = parseSync(path, text)
  if (errors[0]) throw new Error(`${path} does not parse: ${errors[0].message}`)
  const lineAt = lineFinder(text)
  const found = walk(program, lineAt)

  const importOf = (specifier: string, typeOnly: boolean, start: number): Import => ({
    specifier,
    target: specifier.startsWith('.') ? posix.join(posix.dirname(path), specifier) : null,
    typeOnly,
    line: lineAt(start),
  })
  const imports = module.staticImports.map(({ moduleRequest, entries, start }) =>
    importOf(moduleRequest.value, entries.length > 0 && entries.every((entry) => entry.isType), start),
  )
  const entries = module.staticExports.flatMap((each) => each.entries)
  const passedOn = entries.flatMap(({ moduleRequest, isType, start }) =>
    moduleRequest ? [importOf(moduleRequest.value, isType, start)] : [],
  )
  const dynamic = module.dynamicImports.flatMap(({ moduleRequest, start }) => {
    const quoted = /^['"`]([^'"`$]+)['"`]$/.exec(text.slice(moduleRequest.start, moduleRequest.end))
    return quoted ? [importOf(quoted[1]!, false, start)] : []
  })
  const inTypes = found.typeImports.map(({ text: specifier, start }) => importOf(specifier, true, start))

  return {
    path,
    lines: text.split('\n').length - (text.endsWith('\n') ? 1 : 0),
    imports: [...imports, ...passedOn, ...dynamic, ...inTypes],
    exports: entries.flatMap(exportedName),
    uses: found.uses,
    strings: found.strings,
    objects: found.objects,
  }
}

function exportedName(entry: StaticExportEntry): string[] {
  return entry.exportName.name === null || entry.isType ? [] : [entry.exportName.name]
}

function walk(program: Program, lineAt: (offset: number) => number) {
  const uses: Use[] = []
  const strings: Words[] = []
  const typeImports: { text: string; start: number }[] = []
  const objects = new Map<string, ReadonlyMap<string, string | null>>()

  new Visitor({
    MemberExpression(node) {
      if (node.object.type !== 'Identifier') return
      const property = node.property
      const name = property.type === 'Identifier' && !node.computed ? property.name : '[]'
      uses.push({ name: `${node.object.name}.${name}`, line: lineAt(node.start) })
    },
    NewExpression(node) {
      if (node.callee.type !== 'Identifier' || node.arguments.length > 0) return
      uses.push({ name: `new ${node.callee.name}()`, line: lineAt(node.start) })
    },
    CallExpression(node) {
      if (node.callee.type !== 'Identifier') return
      uses.push({ name: `${node.callee.name}()`, line: lineAt(node.start) })
    },
    Literal(node) {
      if (typeof node.value === 'string') strings.push({ text: node.value, line: lineAt(node.start) })
    },
    TemplateElement(node) {
      strings.push({ text: node.value.raw, line: lineAt(node.start) })
    },
    TSImportType(node) {
      typeImports.push({ text: node.source.value, start: node.start })
    },
    ExportNamedDeclaration(node) {
      if (node.declaration?.type !== 'VariableDeclaration') return
      for (const { id, init } of node.declaration.declarations) {
        if (id.type === 'Identifier') objects.set(id.name, keysOf(init))
      }
    },
  }).visit(program)
  return { uses, strings, typeImports, objects }
}

/** The keys of an object literal, looking through `as const`, `satisfies` and a call that wraps it. */
function keysOf(init: unknown): ReadonlyMap<string, string | null> {
  const node = init as Node | null
  const keys = new Map<string, string | null>()
  if (node?.expression && /^TS(As|Satisfies)Expression$/.test(node.type)) return keysOf(node.expression)
  if (node?.type === 'CallExpression')
    return keysOf(node.arguments?.find((each) => each.type === 'ObjectExpression'))
  for (const property of node?.properties ?? []) {
    const key = property.key?.name ?? property.key?.value
    if (typeof key !== 'string') continue
    keys.set(key, typeof property.value?.value === 'string' ? property.value.value : null)
  }
  return keys
}

/** As much of a syntax tree's node as `keysOf` reads. */
interface Node {
  readonly type: string
  readonly expression?: Node
  readonly arguments?: readonly Node[]
  readonly properties?: readonly { key?: { name?: string; value?: unknown }; value?: { value?: unknown } }[]
}

function lineFinder(text: string): (offset: number) => number {
  const starts = [0]
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return (offset) => {
    let low = 0
    let high = starts.length
    while (high - low > 1) {
      const middle = (low + high) >> 1
      if (starts[middle]! <= offset) low = middle
      else high = middle
    }
    return low + 1
  }
}
