import { compileExpression } from '../features/expression.ts'
import { type Token, tokens } from '../features/expression-tokens.ts'

/** A case that rested on a rule: whether it was judged to be no risk, and the customer's numbers when it was opened. */
export interface JudgedCase {
  readonly wrong: boolean
  get(feature: string): number
}

/** What a rule's cases came to, and the smallest step that would have spared most of those that were wrong. */
export interface Stricter {
  /** Cases the rule as it stands took part in; how many of them were wrong. */
  readonly of: number
  readonly wrong: number
  /** Null: no step would have dropped most of the wrong ones and none of the others. */
  readonly step: { readonly when: string; readonly dropped: number } | null
}

/**
 * Tries every number that a rule's condition compares with, in steps from small to large, on the cases it took part in.
 * Cases that the condition as it stands no longer fits count for nothing: it was changed since.
 */
export function stricterRule(when: string, names: readonly string[], cases: readonly JudgedCase[]): Stricter {
  const present = compileExpression(when, names)
  const own = cases.filter(({ get }) => present.evaluate(get) === 1)
  const wrong = own.filter((each) => each.wrong)
  const right = own.filter((each) => !each.wrong)
  const counted = { of: own.length, wrong: wrong.length }
  for (const candidate of candidates(when)) {
    const { evaluate } = compileExpression(candidate, names)
    if (right.some(({ get }) => evaluate(get) !== 1)) continue
    const dropped = wrong.filter(({ get }) => evaluate(get) !== 1).length
    if (dropped * 2 > wrong.length) return { ...counted, step: { when: candidate, dropped } }
  }
  return { ...counted, step: null }
}

/**
 * The same of a limit that is one number of each case: a case stays one while its number is on the `kept` side of the limit.
 *
 * @param limits to try, the smallest step first
 */
export function stricterLimit(
  cases: readonly { readonly wrong: boolean; readonly number: number }[],
  limits: readonly number[],
  kept: (number: number, limit: number) => boolean,
): { readonly limit: number; readonly dropped: number } | null {
  const wrong = cases.filter((each) => each.wrong)
  const right = cases.filter((each) => !each.wrong)
  for (const limit of limits) {
    if (right.some(({ number }) => !kept(number, limit))) continue
    const dropped = wrong.filter(({ number }) => !kept(number, limit)).length
    if (dropped * 2 > wrong.length) return { limit, dropped }
  }
  return null
}

const WHOLE_STEPS = [1, 2, 3, 4, 5, 7, 10, 15, 20, 30, 45, 60, 90]
const PARTS = [0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.75, 1]

/** The condition with one of its numbers a step up or down, the smallest step first. */
function candidates(when: string): string[] {
  const found: { readonly when: string; readonly size: number }[] = []
  for (const { from, to, value } of limitsIn(when)) {
    const sizes =
      Number.isInteger(value) && Math.abs(value) <= LARGE
        ? WHOLE_STEPS.filter((step) => step <= Math.max(3, Math.abs(value)))
        : PARTS.map((part) => rounded(Math.abs(value) * part))
    for (const size of new Set(sizes)) {
      for (const next of [value + size, value - size]) {
        const written = `${when.slice(0, from)}${Number(next.toPrecision(12))}${when.slice(to)}`
        found.push({ when: written, size: size / Math.max(1, Math.abs(value)) })
      }
    }
  }
  return found.sort((a, b) => a.size - b.size).map((each) => each.when)
}

/** Above this a step of one says nothing. */
const LARGE = 400

/** To two digits: nobody tunes to 12,847. */
function rounded(value: number): number {
  return Number(value.toPrecision(2))
}

interface Limit {
  /** Where it stands in the text, its sign with it. */
  readonly from: number
  readonly to: number
  readonly value: number
}

const INEQUALITIES: ReadonlySet<string> = new Set(['<', '<=', '>', '>='])
const ARITHMETIC: ReadonlySet<string> = new Set(['+', '-', '*', '/'])

/**
 * Numbers that stand alone on one side of an inequality: moved one way the rule fits fewer, moved the other way more. A
 * number behind `=` would fit others instead, and one in a sum means something else.
 */
function limitsIn(when: string): Limit[] {
  const all = tokens(when)
  return all.flatMap((token, at) => {
    if (token.type !== 'number') return []
    const isNegative = textAt(all, at - 1) === '-' && INEQUALITIES.has(textAt(all, at - 2))
    const first = isNegative ? at - 1 : at
    const [before, after] = [textAt(all, first - 1), textAt(all, at + 1)]
    const isLimit =
      (INEQUALITIES.has(before) && !ARITHMETIC.has(after)) ||
      (INEQUALITIES.has(after) && !ARITHMETIC.has(before))
    if (!isLimit) return []
    const end = token.column - 1 + token.text.length
    return [
      { from: all[first]!.column - 1, to: end, value: isNegative ? -Number(token.text) : Number(token.text) },
    ]
  })
}

function textAt(all: readonly Token[], at: number): string {
  return all[at]?.text ?? ''
}
