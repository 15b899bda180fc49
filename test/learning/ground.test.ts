import { expect, test } from 'vitest'
import { Ground } from '../../src/learning/trees/ground.ts'

test('arrays lie side by side and keep what they hold while the ground grows', () => {
  const ground = new Ground()
  const first = ground.bytes(70).fill(1)
  const second = ground.doubles(100_000).fill(2)
  const third = ground.whole(3).fill(3)
  expect([second.byteOffset - first.byteOffset, third.byteOffset - second.byteOffset]).toEqual([128, 800_000])
  expect([first[69], second[99_999], [...third], [...ground.floats(2)]]).toEqual([1, 2, [3, 3, 3], [0, 0]])
})

test('a table too large for the memory is refused in a sentence', () => {
  const tooMuch = () => new Ground().doubles(2 ** 30)
  expect(tooMuch).toThrow('Growing trees on this table takes more memory (8193 MiB) than there is.')
})
