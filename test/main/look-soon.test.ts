import { expect, it } from 'vitest'
import { openLookSoon } from '../../src/main/look-soon.ts'

it('many voices are one look, those that come while it looks another, and none begins after the stop', async () => {
  const looks: (() => void)[] = []
  const waiting: (() => void)[] = []
  const begun = () => new Promise<void>((resolve) => waiting.push(resolve))
  const soon = openLookSoon(() => {
    waiting.shift()?.()
    return new Promise<void>((resolve) => looks.push(resolve))
  }, 1)
  let next = begun()
  for (let voice = 0; voice < 5; voice += 1) soon.heard()
  await next
  expect(looks).toHaveLength(1)
  soon.heard()
  soon.heard()
  next = begun()
  looks[0]!()
  await next
  expect(looks).toHaveLength(2)
  const stopped = soon.stop()
  soon.heard()
  looks[1]!()
  await stopped
  expect(looks).toHaveLength(2)
})
