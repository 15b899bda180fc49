import { expect, test } from 'vitest'
import { parseCase } from '../../commands/case/number.ts'

test.each([
  ['A-1042 打过电话了', { no: 1042, rest: '打过电话了' }],
  ['a7', { no: 7, rest: '' }],
  ['#12 like A-11', { no: 12, rest: 'like A-11' }],
  ['A—1042。', { no: 1042, rest: '' }],
  ['A－1042，打过电话了', { no: 1042, rest: '打过电话了' }],
])('%s', (words, read) => expect(parseCase(words, 'claim A-1042')).toEqual(read))

test.each(['A-1 A-2', 'A-1 a2, A-3 and A-4', 'A-1 和A-2、A-3'])(
  '%s are several: none is taken for a note',
  (words) => expect(() => parseCase(words, 'claim A-1042')).toThrow('Only one case at a time.'),
)

test('a customer’s number is told apart, and where the case stands', () => {
  expect(() => parseCase('c-1807', 'claim A-1042')).toThrow(
    expect.objectContaining({
      hint: 'That is a customer; show C-1807 names the case. Write it like this: claim A-1042',
    }),
  )
})
