import { expect, it } from 'vitest'
import { openAttempts } from '../../../src/chat/console/attempts.ts'

it('ten wrong tokens shut an address out for a minute, and not for as long as the clock was set back', () => {
  let at = Date.parse('2026-06-01T00:00:00Z')
  const attempts = openAttempts({ now: () => new Date(at) })
  for (let count = 0; count < 10; count += 1) attempts.failed('10.0.0.7')
  expect(attempts.wait('10.0.0.7')).toBe(60)
  at += 59_500
  expect(attempts.wait('10.0.0.7')).toBe(1)
  at -= 3 * 3_600_000
  expect(attempts.wait('10.0.0.7')).toBe(0)
  for (let count = 0; count < 10; count += 1) attempts.failed('10.0.0.7')
  expect(attempts.wait('10.0.0.7')).toBe(60)
})
