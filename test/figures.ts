import { availableParallelism, totalmem } from 'node:os'
import { parseArgs } from 'node:util'
import { isExpected } from '../src/errors.ts'
import { keepFigures } from './benchmarks.ts'
import { type Figure, inWords } from './figure.ts'

export { type Figure, figure } from './figure.ts'

export interface Findings {
  readonly figures: readonly Figure[]
  /** Peers that were asked for and are not there, one sentence each. */
  readonly missing?: readonly string[]
  /** What lies behind the figures, a line each; only people read it. */
  readonly notes?: readonly string[]
}

export interface Options {
  /** Folder of data sets. */
  readonly data: string
  /** Less work, for a smoke test. */
  readonly quick: boolean
  /** What chance is drawn from. */
  readonly seed: string
  /** For measurements that watch something for a while; absent: as long as each thinks right. */
  readonly minutes?: number
  /** One part of a measurement that has several; absent: all of them. */
  readonly only?: string
}

export type Measurement = (options: Options) => Promise<Findings>

/**
 * The command line shared by `npm run eval`, `bench` and `torture`: NAME [--json] [--quick] [--seed WORD] [--minutes N]
 * [--only PART] [--write] [--data FOLDER]. With --write the figures also go into docs/benchmarks.md. Returns the exit code: 0 when every figure meets its target, 1 when one does not, a peer is missing or the
 * input is wrong, 2 when the command itself cannot be read.
 */
export async function runFigures(
  verb: string,
  measurements: ReadonlyMap<string, Measurement>,
  args: readonly string[],
  write: { out: (words: string) => void; err: (words: string) => void },
): Promise<number> {
  const asked = readArguments(args)
  const names = [...measurements.keys()].join(', ')
  if (typeof asked === 'string') return complain(2, `${asked} Usage: npm run -s ${verb} -- ${USAGE}`)
  const measure = measurements.get(asked.name)
  if (measure === undefined) {
    const what = asked.name === '' ? 'Which one?' : `There is no ${verb} "${asked.name}".`
    return complain(2, `${what} The names are: ${names}.`)
  }
  try {
    const { figures, missing = [], notes = [] } = await measure(asked)
    const machine = { cpus: availableParallelism(), memory: totalmem(), node: process.version }
    const report = { name: asked.name, machine, figures, missing }
    if (asked.write) keepFigures(verb, report)
    write.out(
      asked.json
        ? `${JSON.stringify(report)}\n`
        : `${table(figures)}${[...missing, ...notes].map((line) => `${line}\n`).join('')}`,
    )
    return figures.every(({ ok }) => ok) && missing.length === 0 ? 0 : 1
  } catch (error) {
    if (isExpected(error)) return complain(1, error.explain('en'))
    throw error
  }

  function complain(code: number, sentence: string): number {
    write.err(`${sentence}\n`)
    return code
  }
}

const USAGE = 'NAME [--json] [--quick] [--seed WORD] [--minutes N] [--only PART] [--write] [--data FOLDER]'

interface Asked extends Options {
  readonly name: string
  readonly json: boolean
  readonly write: boolean
}

function readArguments(args: readonly string[]): Asked | string {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        json: { type: 'boolean', default: false },
        quick: { type: 'boolean', default: false },
        seed: { type: 'string', default: '1' },
        minutes: { type: 'string' },
        only: { type: 'string' },
        write: { type: 'boolean', default: false },
        data: { type: 'string', default: '../shared/data' },
      },
    })
    if (values.quick && values.write) return '--write keeps full figures only; leave out --quick.'
    if (positionals.length > 1) return `One name at a time, not "${positionals.join(' ')}".`
    const { minutes, only, ...others } = values
    if (minutes !== undefined && !(Number(minutes) > 0))
      return `--minutes "${minutes}" is not a number of minutes.`
    const name = positionals[0] ?? ''
    const watched = minutes === undefined ? {} : { minutes: Number(minutes) }
    return { name, ...others, ...watched, ...(only === undefined ? {} : { only }) }
  } catch (error) {
    return `${(error as Error).message}.`
  }
}

function table(figures: readonly Figure[]): string {
  const rows = [
    ['figure', 'value', 'unit', 'target', ''],
    ...figures.map(({ id, value, unit, target, ok }) => [
      id,
      inWords(value),
      unit,
      target ?? '',
      target === null ? '' : ok ? 'ok' : 'MISSED',
    ]),
  ]
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)))
  return rows
    .map(
      (row) =>
        `${row
          .map((cell, column) => cell.padEnd(widths[column]!))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('')
}
