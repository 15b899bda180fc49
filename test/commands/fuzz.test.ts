import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { commands } from '../../commands/index.ts'
import type { CardTexts } from '../../src/chat/card.ts'
import { onePlace } from '../places.ts'
import { type Company, openCompany, wordsOf } from './company.ts'

const NASTY = [
  ...['A-1001', 'a1002', 'C-1', '#3', 'A-0', 'A-99999999999999999999', '-1', '1e9', 'NaN', '∞', '٣', '２'],
  ...[
    'page 2',
    'page 0',
    'page 99999',
    'by store',
    'by __proto__',
    'constructor',
    'valueOf',
    'P0',
    'lin',
    '@zhou',
  ],
  ...[
    'get',
    'set',
    'undo',
    'history',
    'list',
    'add',
    'remove',
    'test',
    'strong',
    'watch.days',
    'hours.holidays',
  ],
  ...[
    "'); DROP TABLE alert;--",
    '#{1+1}',
    '{{7*7}}',
    '<!channel>',
    '<at id=all>',
    '=cmd|calc',
    '(a+)+$',
    '\\',
    '"',
    '“',
  ],
  ...[
    '\u0000',
    '\ud800',
    '\u202e',
    '​',
    '👨‍👩‍👧‍👦',
    '退 款',
    'visits_90 >= 1',
    'visits_90 >=',
    '((((',
    '我要退款',
  ],
  'x'.repeat(20_000),
]
const word = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...NASTY) },
  fc.string({ unit: 'binary', maxLength: 40 }),
)
const names = fc.constantFrom(...commands.map(({ name }) => name))
const line = fc
  .tuple(names, fc.array(word, { maxLength: 4 }))
  .map(([name, words]) => [name, ...words].join(' '))
const person = fc.constantFrom('vera', 'lin', 'shen', 'ye')

describe.each(onePlace)('whatever is typed, on $name', (place) => {
  let company: Company
  beforeAll(async () => {
    company = await openCompany(place)
  })
  afterAll(() => company.close())

  it.each([
    ['top by __proto__', 'cannot be grouped by "__proto__"'],
    ['search lang:constructor', 'constructor'],
    ['search constructor:x', ''],
    ['label V-1 constructor', ''],
    ['lexicon add constructor 再见', 'There is no class "constructor"'],
  ])('takes the name of what every object has for a word: %s', async (typed, answer) => {
    const said = wordsOf((await company.say('ye', typed))!.en)
    expect(said).not.toMatch(/the fault is ours/)
    expect(said).toContain(answer)
  })

  it('is answered with a card or a clear refusal, never by a fault of ours', async () => {
    await fc.assert(
      fc.asyncProperty(person, line, async (who, typed) => {
        const said: CardTexts | null = await company.say(who, typed)
        // A form to fill in is an answer too, and is no message.
        for (const card of said === null ? [] : [said.zh, said.en]) {
          expect(wordsOf(card), typed).not.toMatch(/the fault is ours|问题出在程序/)
          expect(card.title.length, typed).toBeGreaterThan(0)
        }
      }),
      { numRuns: 150 },
    )
    // And nothing that anybody typed has got at the tables.
    expect(await company.ctx.store.customers.count()).toBe(30)
  })
})
