import { AXES, codedBy } from './codebook.ts'
import { largest } from './in-steps.ts'
import { type CodedRule, unitsOf } from './sentiment-weights.ts'
import type { Separation } from './separate.ts'

/** A rule by a byte a feature, with `uses` of each. */
export function coded({ weights, telling, bias }: Separation, uses: Float64Array): CodedRule {
  const rule = { bias, scale: largest(weights) || 1, telling: largest(telling) || 1 }
  const { weight, square } = unitsOf(rule)
  const points = new Float64Array(AXES * uses.length)
  for (let feature = 0; feature < weights.length; feature += 1) {
    points[AXES * feature] = weights[feature]! / weight
    points[AXES * feature + 1] = telling[feature]! ** 2 / square
  }
  return { rule, ...codedBy(points, uses) }
}

/** What such a rule says, by feature. */
export function decoded({ rule, codes, book }: CodedRule): Separation {
  const { weight, square } = unitsOf(rule)
  return {
    bias: rule.bias,
    weights: Float64Array.from(codes, (code) => book[AXES * code]! * weight),
    telling: Float64Array.from(codes, (code) => Math.sqrt(book[AXES * code + 1]! * square)),
  }
}
