import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readClock, readComplete, readPage, readPress, readSay } from '../../../src/chat/console/normalize.ts'
import { isExpected } from '../../../src/errors.ts'

const SAY = { channel: 'alerts', thread: null, line: 'top 20', request: 'r-1' }

test('a line is trimmed and cleaned; thread and form may be left out', () => {
  const read = readSay({ channel: 'alerts', line: '  to\u0000p\u202e 20 \n', request: 'r-1' })
  expect(read).toEqual({ channel: 'alerts', thread: null, line: 'top 20', request: 'r-1', form: null })
})

test.each([
  ['an empty line', { ...SAY, line: '  ' }, /line is wrong: is empty/],
  [
    'a line that is too long',
    { ...SAY, line: 'x'.repeat(2_001) },
    /^That is too long; at most 2000 characters\./,
  ],
  ['an unknown field', { ...SAY, admin: true }, /admin/],
  ['a channel with blanks', { ...SAY, channel: 'a b' }, /channel is wrong: is not a name or id/],
  ['a form value that is no text', { ...SAY, form: { cost: 5 } }, /form\.cost is wrong/],
  ['no body', undefined, /channel is wrong/],
])('%s is refused with the field named', (_what, body, why) => {
  expect(() => readSay(body)).toThrow(why)
})

test('a button names a command, never a path or a sentence', () => {
  const press = { message: 'M-1', command: 'claim', args: ' A-1042 ', request: 'r-1' }
  expect(readPress(press)).toEqual({ ...press, args: 'A-1042', form: null })
  for (const command of ['', 'Claim', '../claim', 'claim now', 'x'.repeat(50)]) {
    expect(() => readPress({ ...press, command })).toThrow(/command is wrong/)
  }
})

test('the clock takes hours or play, not both and not backwards', () => {
  expect(readClock({ hours: 24 })).toEqual({ hours: 24 })
  expect(readClock({ play: true })).toEqual({ play: true })
  for (const body of [{ hours: -1 }, { hours: 0.5 }, { hours: 1e9 }, { hours: 1, play: true }, {}]) {
    expect(() => readClock(body)).toThrow()
  }
})

test('queries have defaults and bounds', () => {
  expect(readPage({ channel: 'alerts' })).toEqual({ channel: 'alerts', before: null, limit: 50, only: null })
  expect(readPage({ channel: 'alerts', limit: '20', before: 'M-9' }).limit).toBe(20)
  expect(() => readPage({ channel: 'alerts', limit: '1000' })).toThrow(/limit/)
  expect(readPage({ channel: 'alerts', tier: 'P0' }).only).toEqual({ tier: 'P0', unclaimed: false })
  expect(readPage({ channel: 'alerts', unclaimed: '1' }).only).toEqual({ tier: null, unclaimed: true })
  expect(() => readPage({ channel: 'alerts', tier: 'P3' })).toThrow(/tier is wrong: is not P0, P1 or P2/)
  expect(readComplete({ line: '  show ' })).toBe('show ')
})

test('whatever arrives is either read or refused as an expected error', () => {
  fc.assert(
    fc.property(fc.anything(), (body) => {
      for (const read of [readSay, readPress, readClock, readPage, readComplete]) {
        try {
          read(body)
        } catch (error) {
          expect(isExpected(error)).toBe(true)
        }
      }
    }),
  )
})
