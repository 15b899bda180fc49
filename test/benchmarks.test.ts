import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { keepFigures, type Report, withFigures } from './benchmarks.ts'
import { figure } from './figures.ts'

const machine = { cpus: 2, memory: 24 * 1024 ** 3, node: 'v20.20.2' }
const report = (name: string, value: number): Report => ({
  name,
  machine,
  figures: [figure(`${name}.ms`, value, 'ms', '<=500'), figure(`${name}.sent`, 6000, 'clicks')],
  missing: [],
})

test('a report replaces the last one of its name and leaves the others alone', () => {
  const folder = mkdtempSync(join(tmpdir(), 'foreshock-figures-'))
  const file = join(folder, 'benchmarks.md')
  keepFigures('torture', report('restart', 0), file)
  keepFigures('bench', report('clicks', 120.123), file)
  keepFigures('bench', report('clicks', 612), file)
  expect(readFileSync(file, 'utf8')).toBe(`# Figures

Written by the commands that head the sections, with \`--write\`; never by hand.

## bench clicks

\`npm run -s bench -- clicks\` on 2 CPUs, 24 GB, Node 20.20.2.

| figure | value | unit | target | |
|---|---|---|---|---|
| clicks.ms | 612 | ms | <=500 | missed |
| clicks.sent | 6000 | clicks |  |  |

## torture restart

\`npm run -s torture -- restart\` on 2 CPUs, 24 GB, Node 20.20.2.

| figure | value | unit | target | |
|---|---|---|---|---|
| restart.ms | 0 | ms | <=500 | ok |
| restart.sent | 6000 | clicks |  |  |
`)
  rmSync(folder, { recursive: true })
})

test('what was missing is kept with the figures', () => {
  const lacking = { ...report('clicks', 1), missing: ['No PostgreSQL here.'] }
  expect(withFigures('# Figures\n', 'bench', lacking)).toMatch(/\|\n\nNo PostgreSQL here\.\n$/)
})
