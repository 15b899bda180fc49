import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { loadSegmentPlan } from '../../src/features/segment-plan.ts'
import { SEGMENTS } from '../../src/paths.ts'
import { standingOf } from '../../src/risk/standing.ts'
import { text } from '../../src/text.ts'
import { profile } from '../signals/customer.ts'

const plan = loadSegmentPlan(readFileSync(SEGMENTS, 'utf8'), SEGMENTS)
const sentence = text('近 30 天接触竞品 1 次。', 'Contact with a competitor (1 in all).')

test('names become labels with one line of advice', () => {
  const standing = standingOf(
    {
      stage: { name: 'looking-around', sentence },
      segments: { rfm: 'important-keep', lifecycle: 'mature', layer: 'danger' },
    },
    profile,
    plan,
  )
  expect(standing.stage).toMatchObject({ label: { zh: '看别家' }, before: { from: 30, to: 0 }, sentence })
  expect(standing.layer).toEqual({
    label: text('危险客户', 'danger'),
    strategy: text('一人一策，由主管负责。', 'One plan per customer, owned by the lead.'),
  })
  expect(standing.rfm?.label.en).toBe('important keep')
  expect(standing.lifecycle?.label.zh).toBe('成熟期')
})

test('what an older row does not tell, and names nobody knows any more, are not known', () => {
  const nothing = { stage: null, layer: null, rfm: null, lifecycle: null }
  expect(standingOf({}, profile, plan)).toEqual(nothing)
  expect(
    standingOf(
      { stage: { name: 'retired', sentence }, segments: { rfm: null, lifecycle: null, layer: 'retired' } },
      profile,
      plan,
    ),
  ).toEqual(nothing)
})
