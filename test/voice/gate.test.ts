import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Gate, gateOf, pieces, type Signs } from '../../src/voice/gate.ts'
import { loops, numbers, roomFor } from '../../src/voice/kernel/memory.ts'
import { EDGE, piecesOf } from '../../src/voice/pieces.ts'
import { unitsOf } from '../../src/voice/sentiment.ts'
import { NEAR, surroundingsOf } from '../../src/voice/surroundings.ts'

const OUT = roomFor(28, loops)

function signsOf(words: string, start = words.length, end = words.length): Signs {
  const { at, length } = unitsOf(words)
  const table = pieces()
  loops.signs(at, 0, length, 0, start, end, length, table.at, table.mask, OUT)
  const [, , before, after, lead, rest, all] = numbers.subarray(OUT >> 2, (OUT >> 2) + 7) as unknown as Seven
  return { before, after, lead, rest, all }
}
type Seven = [number, number, number, number, number, number, number]

/** Every expression the rules are made of, as their files write them. */
const RULES = ['negation', 'question', 'supposition', 'quote', 'someone-else', 'courtesy', 'favour'].flatMap(
  (file) => {
    const source = readFileSync(new URL(`../../src/voice/${file}.ts`, import.meta.url), 'utf8')
    const written = source.matchAll(
      /(?<=[=(] ?|,|\n\s*)\/(?![*/])((?:[^/\\\n[]|\\.|\[(?:[^\]\\]|\\.)*\])+)\/(?=[\n,).])/g,
    )
    return Array.from(written, ([, expression]) => new RegExp(expression!))
  },
)

describe('pieces of an expression', () => {
  test.each<[RegExp, readonly string[] | null]>([
    [/怎么(?:会|可能)$/, ['么会', '么可']],
    [/[吗么]|\?/, ['吗', '么', '?']],
    [/\bif\b/, [`${EDGE}if`]],
    [/(?:refund|退款)ed?/, ['fun', '退款']],
    [/(?:不|没).{0,4}(?:退款|取消)/, ['退款', '取消']],
    [/(?<!老)客户(?!们)/, ['客户']],
    [/\w+|退款/, null],
    [/退?/, null],
    [/[^a]/, null],
  ])('%s', (expression, pieces) => expect(piecesOf(expression)).toEqual(pieces))
})

describe('a gate', () => {
  test('is open where a piece stands, on the side where it stands', () => {
    const gate = gateOf(/甲乙/)
    const open = ({ lead, rest, all }: Signs): boolean[] =>
      [lead, rest, all].map((side) => (side & gate) !== 0)
    expect(open(signsOf('丙甲乙丁', 3, 4))).toEqual([true, false, true])
    expect(open(signsOf('丁甲乙丙', 0, 1))).toEqual([false, true, true])
    expect(open(signsOf('丁丙乙甲', 0, 1))).toEqual([false, false, false])
  })

  test('of an expression that says nothing is always open', () => {
    expect(signsOf('').lead & gateOf(/.*/)).not.toBe(0)
  })

  test('no rule matches behind a closed one', () => {
    expect(RULES.length).toBeGreaterThan(80)
    const gates = RULES.map((rule) => [rule, gateOf(rule)] as const)
    const book = ['zh', 'en'].flatMap((file) =>
      readFileSync(new URL(`../fixtures/words/${file}.txt`, import.meta.url), 'utf8')
        .toLowerCase()
        .split('\n'),
    )
    const words = [
      'if ',
      'no',
      "don't ",
      '不',
      '没',
      '怎么',
      '吗',
      '?',
      '"',
      ' ',
      '3',
      'é',
      'the ',
      '从',
      '比',
    ]
    const text = fc
      .array(fc.oneof(fc.constantFrom(...book), fc.constantFrom(...words)), { minLength: 1, maxLength: 4 })
      .chain((parts) => {
        const whole = parts.join('')
        const place = fc.integer({ min: 0, max: whole.length })
        return fc.tuple(place, place).map(([from, to]) => whole.slice(Math.min(from, to), Math.max(from, to)))
      })
    fc.assert(
      fc.property(text, (stretch) => {
        const { all } = signsOf(stretch)
        expectNone(gates, all, stretch)
      }),
      { numRuns: 300 },
    )
    fc.assert(
      fc.property(text, (stretch) => {
        for (const [side, words] of sidesOf(stretch)) {
          expectNone(gates, side, words)
        }
      }),
      { numRuns: 100 },
    )
  })
})

function expectNone(gates: readonly (readonly [RegExp, Gate])[], open: number, words: string): void {
  // Asked first: an expectation costs more than the rule.
  for (const [rule, gate] of gates)
    if ((open & gate) === 0 && rule.test(words)) expect(words).not.toMatch(rule)
}

/** What rules are asked about around a term in the middle, wherever it is cut, with the gates that are open there. */
function sidesOf(words: string): [number, string][] {
  const middle = words.length >> 1
  const around = surroundingsOf(unitsOf(words), middle, Math.min(words.length, middle + 2))
  const { before, after, lead, rest, sentence, signs } = around
  return [
    [signs.before, before],
    [signs.after, after],
    [signs.lead, lead],
    [signs.lead, lead.slice(-NEAR)],
    [signs.rest, rest],
    [signs.all, sentence],
  ]
}
