import { expect, test } from 'vitest'
import { spare } from '../../src/risk/spare.ts'

test('what was given back is handed out once, and no more is kept than was said', () => {
  const own = spare<Uint8Array>(2)
  expect(own.take()).toBeUndefined()
  const all = [1, 2, 3].map((size) => new Uint8Array(size))
  for (const each of all) own.giveBack(each)
  expect([own.take(), own.take(), own.take()]).toEqual([all[1], all[0], undefined])
})
