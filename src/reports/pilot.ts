import type { Told } from './effect.ts'
import type { Estimate } from './interval.ts'

/** What a pilot must show before more stores follow. Churn and retention 0..1, lead in days. */
export type Gate = Readonly<Record<'churn' | 'lead' | 'retention', number>>
export const GATE: Gate = { churn: 0.5, lead: 30, retention: 0.3 }
export type GateName = keyof Gate

/** `passed` and `missed` only where the whole range is on one side; between, the figure itself decides and is called close. */
export type Passing = 'passed' | 'passed-closely' | 'missed-closely' | 'missed' | 'not-enough'

/** Where a figure comes from: past nights judged again, customers left uncontacted, or the cases themselves. */
export type GateSource = 'backtest' | 'holdout' | 'cases'

export interface GateLine extends Told {
  readonly name: GateName
  readonly source: GateSource
  readonly gate: number
  readonly passing: Passing
}

/** The first of these that there is enough of; else the last. */
export function gateLine(
  name: GateName,
  sources: readonly (readonly [GateSource, Told])[],
  gates: Gate = GATE,
): GateLine {
  const [source, told] = sources.find(([, each]) => each.estimate !== null) ?? sources.at(-1)!
  const { estimate, of, least } = told
  const gate = gates[name]
  return { name, source, estimate, of, least, gate, passing: passingOf(estimate, gate) }
}

function passingOf(estimate: Estimate | null, gate: number): Passing {
  if (estimate === null) return 'not-enough'
  const { value, low, high } = estimate
  if (low >= gate) return 'passed'
  if (high < gate) return 'missed'
  return value >= gate ? 'passed-closely' : 'missed-closely'
}
