import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PACKAGE_ROOT } from '../src/paths.ts'
import { type Figure, inWords } from './figure.ts'

/** What one run of a measurement found, and on what. */
export interface Report {
  readonly name: string
  readonly machine: { readonly cpus: number; readonly memory: number; readonly node: string }
  readonly figures: readonly Figure[]
  readonly missing: readonly string[]
}

const FILE = join(PACKAGE_ROOT, 'docs', 'benchmarks.md')
const HEAD = `# Figures

Written by the commands that head the sections, with \`--write\`; never by hand.
`

/** Puts a report in the place of the last one of the same measurement in docs/benchmarks.md. */
export function keepFigures(verb: string, report: Report, file = FILE): void {
  const known = existsSync(file) ? readFileSync(file, 'utf8') : HEAD
  writeFileSync(file, withFigures(known, verb, report))
}

/** The page with this report's section, sections in the order of their titles. */
export function withFigures(page: string, verb: string, report: Report): string {
  const [head = HEAD, ...sections] = page.split(/^(?=## )/m)
  const title = `## ${verb} ${report.name}\n`
  const others = sections.filter((section) => !section.startsWith(title)).map((section) => section.trimEnd())
  return `${[head.trimEnd(), ...[...others, title + bodyOf(verb, report)].sort()].join('\n\n')}\n`
}

function bodyOf(verb: string, { name, machine, figures, missing }: Report): string {
  const rows = figures.map(({ id, value, unit, target, ok }) =>
    [id, inWords(value), unit, target ?? '', target === null ? '' : ok ? 'ok' : 'missed'].join(' | '),
  )
  const memory = Math.round(machine.memory / 1024 ** 3)
  return [
    '',
    `\`npm run -s ${verb} -- ${name}\` on ${machine.cpus} CPUs, ${memory} GB, Node ${machine.node.replace('v', '')}.`,
    '',
    '| figure | value | unit | target | |',
    '|---|---|---|---|---|',
    ...rows.map((row) => `| ${row} |`),
    ...(missing.length > 0 ? ['', ...missing] : []),
  ].join('\n')
}
