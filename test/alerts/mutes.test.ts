import { expect, it } from 'vitest'
import { mutesFrom } from '../../src/alerts/mutes.ts'
import { mutedBy } from '../../src/risk/mute.ts'
import type { Reading } from '../../src/signals/signal.ts'
import { caseIn, judged } from './cases.ts'

const fell = (after: number): Reading['evidence'][number] => ({
  kind: 'change',
  feature: 'visits_90',
  label: { zh: '到店次数', en: 'workshop visits' },
  before: 10,
  after,
  how: 'down',
  days: 90,
})

it('a dismissed case mutes what it rested on for its customer alone, until that gets worse', () => {
  const reading: Reading = {
    signal: 'change',
    fired: true,
    strong: false,
    strength: 0.5,
    at: 0,
    basis: ['visit'],
    evidence: [fell(5)],
  }
  const assessment = { ...judged('P2'), readings: [reading] }
  const mutes = mutesFrom([
    caseIn('dismissed', { customer: 'ann', assessment }),
    caseIn('dismissed', { customer: 'ann', assessment: { ...assessment, readings: [] } }),
  ])
  expect([...mutes.keys()]).toEqual(['ann'])
  const isMuted = mutedBy(mutes.get('ann')!, 'change')
  expect(isMuted(fell(5))).toBe(true)
  expect(isMuted(fell(2))).toBe(false)
  expect(mutedBy(mutes.get('ann')!, 'rules')(fell(5))).toBe(false)
})
