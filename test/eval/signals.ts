import { medianOf } from '../../src/features/median.ts'
import { shareEstimate } from '../../src/reports/interval.ts'
import { type Figure, type Findings, figure, type Options } from '../figures.ts'
import { CATCHES, type Cases, casesOf, SIGNALS, type Watched } from './signals-cases.ts'

/** Lives of the company: small numbers of one life say little, so the cases of all are counted together. */
const SEEDS = ['7', '11', '13']

/** Figures of signals that look at more than one customer; one line each. */
const OTHERS: readonly ((options: Options) => Promise<readonly Figure[]>)[] = []

const MONTH = 30

/**
 * Emotion, words and silence, each alone, on the demo company's truth: which of those it speaks of leave, which of those
 * it should catch it catches, and how long before. Every share stands with the ends of its 95% interval and what it was
 * counted on.
 */
export async function signals(options: Options): Promise<Findings> {
  const { quick, seed } = options
  const seeds = quick ? SEEDS.slice(0, 1) : seed === '1' ? SEEDS : [seed]
  const lives: Cases[] = []
  for (const one of seeds) lives.push(await casesOf({ seed: one, quick }))
  const others = await Promise.all(OTHERS.map((other) => other(options)))
  return {
    figures: [...SIGNALS.flatMap((signal) => figuresOf(signal, lives)), ...healthy(lives), ...others.flat()],
  }
}

function figuresOf(signal: Watched, lives: readonly Cases[]): Figure[] {
  const id = `signals.${signal}`
  const warnings = lives.flatMap((life) => life.warnings.filter((one) => one.signal === signal))
  const leavers = lives.flatMap((life) => life.leavers.filter((one) => one.signal === signal))
  const right = warnings.filter((one) => one.right).length
  const leads = leavers.flatMap(({ lead }) => lead ?? [])
  const months = lives.reduce((sum, { stayers, days }) => sum + (stayers * days) / MONTH, 0)
  return [
    ...share(`${id}.precision`, right, warnings.length),
    ...share(`${id}.precision_of_cause`, warnings.filter((one) => one.ofCause).length, warnings.length),
    ...share(`${id}.recall`, leads.length, leavers.length),
    ...CATCHES[signal].flatMap((cause) => {
      const own = leavers.filter((one) => one.cause === cause)
      return share(`${id}.recall.${cause}`, own.filter(({ lead }) => lead !== null).length, own.length)
    }),
    figure(`${id}.lead_days`, medianOf(leads), 'days'),
    figure(`${id}.false_warnings`, ((warnings.length - right) / months) * 1000, 'per 1,000 a month'),
  ]
}

function healthy(lives: readonly Cases[]): Figure[] {
  const sum = (of: (life: Cases) => number) => lives.reduce((all, life) => all + of(life), 0)
  return [
    figure(
      'signals.silence.healthy',
      sum((life) => life.healthy.silent),
      'customers',
    ),
    figure(
      'signals.silence.healthy_warned',
      sum((life) => life.healthy.warned),
      'customers',
      '=0',
    ),
  ]
}

/** A share of none may be anything. */
const NOTHING_SEEN = { value: Number.NaN, low: 0, high: 1 }

function share(id: string, hits: number, of: number): Figure[] {
  const { value, low, high } = of === 0 ? NOTHING_SEEN : shareEstimate(hits, of)
  return [
    figure(id, value, 'share'),
    figure(`${id}.low`, low, 'share'),
    figure(`${id}.high`, high, 'share'),
    figure(`${id}.of`, of, 'customers'),
  ]
}
