/** One measured number. `target` is a comparison such as `>=0.74`, `<=2`, `<500` or `=23570`; null when nothing is promised. */
export interface Figure {
  readonly id: string
  readonly value: number
  readonly unit: string
  readonly target: string | null
  readonly ok: boolean
}

/** Builds a figure and judges it against its target. An unmeasurable value (NaN) never meets one. */
export function figure(id: string, value: number, unit: string, target: string | null = null): Figure {
  return { id, value, unit, target, ok: target === null || meets(value, target) }
}

function meets(value: number, target: string): boolean {
  const match = /^(>=|<=|=|<)(-?\d+(?:\.\d+)?)$/.exec(target)
  if (match === null) throw new Error(`The target "${target}" is not a comparison such as ">=0.74".`)
  const bound = Number(match[2])
  switch (match[1]) {
    case '>=':
      return value >= bound
    case '<=':
      return value <= bound
    case '<':
      return value < bound
    default:
      return value === bound
  }
}

/** A value as people read it: whole numbers whole, others to four figures. */
export function inWords(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toPrecision(4)
}
