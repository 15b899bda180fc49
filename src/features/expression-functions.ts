import { rateOf } from './rate.ts'

/** A function of the expression language. NaN is "unknown" in every argument and result. */
export interface ExpressionFunction {
  readonly usage: string
  readonly least: number
  readonly most: number
  readonly run: (...args: number[]) => number
}

const entry = (usage: string, least: number, most: number, run: (...args: number[]) => number) =>
  [usage.slice(0, usage.indexOf('(')), { usage, least, most, run }] as const

/** All functions by name. Math.min and Math.max already give NaN when one argument is NaN. */
export const FUNCTIONS: ReadonlyMap<string, ExpressionFunction> = new Map([
  entry('min(a, b, ...)', 2, 8, (...args) => Math.min(...args)),
  entry('max(a, b, ...)', 2, 8, (...args) => Math.max(...args)),
  entry('abs(x)', 1, 1, (x) => Math.abs(x!)),
  entry('round(x)', 1, 1, (x) => Math.round(x!)),
  entry('sqrt(x)', 1, 1, (x) => Math.sqrt(x!)),
  entry(
    'coalesce(x, otherwise)',
    2,
    8,
    (...args) => args.find((value) => !Number.isNaN(value)) ?? Number.NaN,
  ),
  entry('known(x)', 1, 1, (x) => (Number.isNaN(x) ? 0 : 1)),
  entry('if(condition, then, otherwise)', 3, 3, (condition, yes, no) =>
    Number.isNaN(condition) ? Number.NaN : condition !== 0 ? yes! : no!,
  ),
  entry('change(now, before)', 2, 2, (now, before) => rateOf(now!, before!)),
])
