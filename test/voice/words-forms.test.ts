import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isExpected } from '../../src/errors.ts'
import { compileLexicon, loadLexicon, parseLexicon } from '../../src/voice/lexicon.ts'
import { compilePattern } from '../../src/voice/pattern.ts'
import { readWords } from '../../src/voice/words.ts'

const FILE = new URL('../../models/lexicons/churn.yaml', import.meta.url)
const lexicon = loadLexicon(readFileSync(FILE, 'utf8'), 'models/lexicons/churn.yaml')

const counted = (words: string): string[] =>
  readWords(words, lexicon)
    .filter((hit) => hit.counted)
    .map((hit) => hit.term)

const wide = (words: string): string =>
  words.replace(/[!-~]/g, (unit) => String.fromCharCode(unit.charCodeAt(0) + 0xfee0))

describe('however it is written, it is found', () => {
  const plain = fc.constantFrom(
    '我要退款',
    '马上解约',
    '受够了',
    '隔壁家便宜',
    'cancel my plan',
    'i want a refund',
    'fed up',
  )
  const filler = fc.constantFrom(' ', '　', '-', '·', '💢', '\u200b')

  test('in any width and case', () => {
    fc.assert(
      fc.property(plain, (words) => {
        expect(counted(wide(words))).toEqual(counted(words))
        expect(counted(words.toUpperCase())).toEqual(counted(words))
      }),
    )
  })

  test('with one filler between any two Chinese characters, and the span covers the term', () => {
    const han = fc.constantFrom('退款', '解约', '退订', '受够了', '隔壁家')
    fc.assert(
      fc.property(han, filler, (term, between) => {
        const written = Array.from(term).join(between)
        const [hit] = readWords(`我${written}`, lexicon)
        expect(`我${written}`.slice(hit!.span.start, hit!.span.end)).toBe(written)
        expect(hit!.term).toBe(term)
      }),
    )
  })

  test.each([
    ['退kuan', '退款'],
    ['tui kuan', '退款'],
    ['辣鸡', '垃圾'],
    ['r3fund', 'refund'],
    ['c@ncel it', 'cancel'],
    ['re.fund me', 'refund'],
    ['refuuund', 'refund'],
    ['申請退訂', '退订'],
  ])('%s is %s', (written, term) => expect(counted(written)).toEqual([term]))
})

test('a hit tells its severity, its own class and where it stands', () => {
  const own = parseLexicon(
    `classes: [{ id: fees, zh: 乱收费, en: Hidden fees, as: strong-negative }]
terms:
  - { term: 途虎, class: competitor, aliases: ["Tuhu", "虎哥(养车|)"], severity: 3 }
  - { term: 乱扣钱, class: fees, aliases: ["偷偷…扣钱"] }`,
    'own.yaml',
  )
  const hits = readWords('虎哥便宜，你们偷偷多扣钱，tuhu不会', compileLexicon(own))
  expect(hits.map(({ term, class: as, own: mine, severity }) => [term, as, mine?.id, severity])).toEqual([
    ['途虎', 'competitor', undefined, 3],
    ['乱扣钱', 'strong-negative', 'fees', 2],
    ['途虎', 'competitor', undefined, 3],
  ])
})

describe('patterns', () => {
  const one = compileLexicon([{ term: '工单号', class: 'competitor', pattern: 'dh-\\d{4,}' }])

  test('match the folded text, at their place in the original', () => {
    const words = '见ＤＨ－20241，谢谢'
    const [hit] = readWords(words, one)
    expect(words.slice(hit!.span.start, hit!.span.end)).toBe('ＤＨ－20241')
  })

  test.each([
    ['(?<=退)款', /cannot be used[\s\S]*Look-ahead and look-behind/],
    ['(a)\\1', /cannot be used[\s\S]*Back references/],
    ['(退款', /cannot be used[\s\S]*brackets/],
    ['a*', /matches nothing at all/],
  ])('%s is refused with what to do', (source, expected) => {
    let said = ''
    try {
      compilePattern(source)
    } catch (error) {
      said = isExpected(error) ? error.explain('en') : String(error)
    }
    expect(said).toMatch(expected)
  })

  test('a pattern that hangs others is read in linear time', () => {
    const evil = compileLexicon([{ term: 'evil', class: 'competitor', pattern: '(a+)+$|([a-z]+)*x!' }])
    expect(readWords(`${'a'.repeat(20_000)}!`, evil).length).toBeLessThanOrEqual(100)
  })
})

test('what is no lexicon says where: brackets, and a class there is not', () => {
  const said = (source: string): string => {
    try {
      loadLexicon(source, 'own.yaml')
    } catch (error) {
      if (isExpected(error)) return error.explain('en')
    }
    return ''
  }
  expect(said('terms: [{ term: 退款, class: strong-churn, aliases: ["(a|b"] }]')).toMatch(
    /"\(a\|b" of "退款"/,
  )
  expect(said('terms: [{ term: 退款, class: fees }]')).toMatch(/terms\.0\.class: there is no class "fees"/)
})
