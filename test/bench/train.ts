import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { forestWith } from '../../src/learning/forest.ts'
import { gbdtWith } from '../../src/learning/gbdt.ts'
import type { Table } from '../../src/learning/table.ts'
import { hireThreads } from '../../src/learning/threads/hire.ts'
import type { Trainer } from '../../src/learning/trainer.ts'
import { type Figure, type Findings, figure, type Measurement } from '../figures.ts'
import { auc, bytesOf, scoresOf } from '../learning/judging.ts'
import { leavers } from '../learning/leavers.ts'
import { Peer } from './peer.ts'
import { type PeerName, Results, type Run } from './results.ts'

/** How much is trained. */
export interface Load {
  readonly small: { readonly rows: number; readonly columns: number }
  readonly big: { readonly rows: number; readonly columns: number; readonly runs: number }
  readonly testRows: number
  readonly rounds: number
  readonly forestTrees: number
  /** Tables, each made and learned with a seed of its own. */
  readonly seeds: number
  /** Whether times are judged: a small load is over before the compiler has warmed up. */
  readonly judged: boolean
}

const FULL: Load = {
  small: { rows: 20_000, columns: 30 },
  big: { rows: 200_000, columns: 36, runs: 3 },
  testRows: 20_000,
  rounds: 300,
  forestTrees: 100,
  seeds: 5,
  judged: true,
}

export const QUICK: Load = {
  small: { rows: 1_000, columns: 26 },
  big: { rows: 3_000, columns: 30, runs: 1 },
  testRows: 1_000,
  rounds: 10,
  forestTrees: 10,
  seeds: 1,
  judged: false,
}

/** `npm run bench -- train`: our trees beside XGBoost's and scikit-learn's, on the same rows with the same settings. */
export const train: Measurement = ({ quick, seed }) => trainOn(quick ? QUICK : FULL, Number(seed) || 1)

interface Round {
  readonly table: Table
  readonly later: Table
  readonly seed: number
  readonly threads: number
  readonly rounds: number
}

export async function trainOn(load: Load, seed: number): Promise<Findings> {
  const course = new Course()
  try {
    const boosted = await smallRounds(course, load, seed)
    const big = await bigRounds(course, load, seed)
    return { figures: [...boosted, ...big], missing: [...course.missing] }
  } finally {
    await course.close()
  }
}

/** A figure that only a whole run is judged by. */
function timed(load: Load, id: string, value: number, unit: string, target: string): Figure {
  return figure(id, value, unit, load.judged ? target : null)
}

async function smallRounds(course: Course, load: Load, seed: number): Promise<Figure[]> {
  const { rows, columns } = load.small
  const boosted = new Results()
  const forests = new Results()
  for (let at = 0; at < load.seeds; at += 1) {
    const own = seed * 1000 + at
    const tables = { table: leavers(rows, columns, own), later: leavers(load.testRows, columns, own + 500) }
    const round = { ...tables, seed: own, threads: 1 }
    await course.run(
      boosted,
      { ...round, rounds: load.rounds },
      gbdtWith({ rounds: load.rounds }, hireThreads),
      ['xgboost', 'hist'],
    )
    const grown = { ...round, rounds: load.forestTrees }
    await course.run(forests, grown, forestWith({ trees: load.forestTrees }), ['forest'])
  }
  return [
    timed(load, 'train.20k.cpu_vs_xgboost', boosted.ratio('cpu', 'ours', 'xgboost'), 'ratio', '<=0.8'),
    figure('train.20k.cpu', boosted.median('cpu', 'ours'), 's'),
    figure('train.20k.xgboost_cpu', boosted.median('cpu', 'xgboost'), 's'),
    figure('train.auc', boosted.mean('ours'), 'auc'),
    figure('train.auc_minus_xgboost', boosted.mean('ours') - boosted.mean('xgboost'), 'auc', '>=-0.002'),
    figure('train.auc_minus_hist', boosted.mean('ours') - boosted.mean('hist'), 'auc', '>=-0.002'),
    figure('train.forest.auc', forests.mean('ours'), 'auc'),
    figure(
      'train.forest.auc_minus_sklearn',
      forests.mean('ours') - forests.mean('forest'),
      'auc',
      '>=-0.005',
    ),
    figure('train.forest.cpu', forests.median('cpu', 'ours'), 's'),
    timed(load, 'train.forest.times_faster', forests.ratio('cpu', 'forest', 'ours'), 'times', '>=5'),
  ]
}

async function bigRounds(course: Course, load: Load, seed: number): Promise<Figure[]> {
  const { rows, columns, runs } = load.big
  const tables = { table: leavers(rows, columns, seed), later: leavers(load.testRows, columns, seed + 500) }
  const alone = new Results()
  const paired = new Results()
  for (let at = 0; at < runs; at += 1) {
    for (const [results, threads] of [
      [alone, 1],
      [paired, 2],
    ] as const) {
      const round = { ...tables, seed, threads, rounds: load.rounds }
      await course.run(results, round, gbdtWith({ rounds: load.rounds }, hireThreads), ['xgboost'])
    }
  }
  const digests = new Set([...alone.of('ours'), ...paired.of('ours')].map(({ bytes }) => bytes))
  return [
    timed(load, 'train.200k.cpu_vs_xgboost', alone.ratio('cpu', 'ours', 'xgboost'), 'ratio', '<=1'),
    figure('train.200k.cpu', alone.median('cpu', 'ours'), 's'),
    figure('train.200k.xgboost_cpu', alone.median('cpu', 'xgboost'), 's'),
    timed(
      load,
      'train.200k.two_threads_wall_vs_xgboost',
      paired.ratio('wall', 'ours', 'xgboost'),
      'ratio',
      '<=1',
    ),
    figure('train.200k.two_threads_wall', paired.median('wall', 'ours'), 's'),
    figure('train.200k.different_models', digests.size - 1, 'models', '=0'),
  ]
}

/** Where contestants run in turn, on the same files. */
class Course {
  readonly missing = new Set<string>()
  readonly #folder = mkdtempSync(join(tmpdir(), 'foreshock-train-'))
  readonly #peer = new Peer('train.py')

  /** Ours, then each peer. */
  async run(results: Results, round: Round, trainer: Trainer, peers: readonly PeerName[]): Promise<void> {
    results.add('ours', await ours(round, trainer))
    this.#write('table', round.table)
    this.#write('later', round.later)
    for (const peer of peers) {
      const run = await this.#theirs(peer, round)
      if (run !== null) results.add(peer, run)
    }
  }

  async close(): Promise<void> {
    await this.#peer.close()
    rmSync(this.#folder, { recursive: true })
  }

  async #theirs(peer: PeerName, { table, later, seed, threads, rounds }: Round): Promise<Run | null> {
    const scores = join(this.#folder, 'scores.f64')
    const files = { train: join(this.#folder, 'table'), test: join(this.#folder, 'later'), scores }
    const columns = table.names.length
    const answer = (await this.#peer.ask({ peer, ...files, columns, seed, threads, rounds })) as
      | { cpu: number; wall: number }
      | { missing: string }
      | null
    if (answer === null || 'missing' in answer) {
      const what =
        answer === null ? 'it does not run under /usr/bin/python3' : `no Python module ${answer.missing}`
      this.missing.add(`peer not installed: ${peer}, ${what}`)
      return null
    }
    const bytes = readFileSync(scores)
    const read = new Float64Array(bytes.buffer, bytes.byteOffset, later.rows)
    return { ...answer, auc: auc(read, later.labels) }
  }

  #write(name: string, { values, labels }: Table): void {
    writeFileSync(join(this.#folder, `${name}.f32`), values)
    writeFileSync(join(this.#folder, `${name}.u8`), labels)
  }
}

async function ours({ table, later, seed, threads }: Round, trainer: Trainer): Promise<Run> {
  const cpu = process.cpuUsage()
  const wall = performance.now()
  const model = await trainer.train(table, { seed, threads })
  const spent = process.cpuUsage(cpu)
  const taken = (performance.now() - wall) / 1e3
  const scores = scoresOf(model, later)
  return {
    cpu: (spent.user + spent.system) / 1e6,
    wall: taken,
    auc: auc(scores, later.labels),
    bytes: bytesOf(model),
  }
}
