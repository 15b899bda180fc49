import { expect, test } from 'vitest'
import { openPainter } from '../../src/drawing/painter.ts'
import { chartOf } from './charts.ts'

test('draws on a thread of its own; what is asked for when it closes is refused', async () => {
  const painter = openPainter()
  const [one, another] = await Promise.all([
    painter.draw([chartOf([0.1, 0.5])]),
    painter.draw([chartOf([1, 2], { draw: 'bars' })]),
  ])
  expect(Buffer.from(one!).subarray(1, 4).toString()).toBe('PNG')
  expect(Buffer.from(another!).equals(Buffer.from(one!))).toBe(false)
  const late = painter.draw([chartOf([0.1, 0.5])])
  await Promise.all([expect(late).rejects.toThrow('closing'), painter.close()])
})
