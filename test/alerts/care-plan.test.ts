import { describe, expect, it } from 'vitest'
import type { Action } from '../../src/alerts/alert.ts'
import { careCourse, type Planned } from '../../src/alerts/care-plan.ts'
import { DAY } from '../../src/clock.ts'
import { openPlans } from '../../src/main/parts.ts'
import { alertIn, NOW } from '../templates/cases.ts'

const PLAN = openPlans({ plans: {}, folder: '.' }).carePlan
const moves = (...verbs: Action['verb'][]) => verbs.map((verb) => ({ verb, detail: {} }))
const did = (...steps: string[]) => steps.map((step) => ({ verb: 'step' as const, detail: { step } }))

function planned(
  days: number,
  other: Partial<Planned> = {},
  cause: Planned['assessment']['cause'] = 'service',
) {
  const alert = alertIn('contacted')
  const assessment = { ...alert.assessment, highValue: true, cause }
  return {
    ...alert,
    tier: 'P0' as const,
    assessment,
    openedAt: new Date(NOW.getTime() - days * DAY),
    ...other,
  }
}
const names = (...args: Parameters<typeof careCourse>) => careCourse(...args)?.due.map(({ name }) => name)

describe('the plan for customers in danger', () => {
  it('listens first, and goes by what was done', () => {
    expect(names(PLAN, planned(1), [], true, NOW)).toEqual(['listen', 'look-back'])
    expect(names(PLAN, planned(1), moves('claim', 'contacted'), true, NOW)).toEqual(['look-back'])
    expect(names(PLAN, planned(1), moves('contacted', 'claim'), false, NOW)).toEqual(['look-back'])
    const undone = [...did('look-back'), { verb: 'undo' as const, detail: { undone: 'step' as const } }]
    expect(names(PLAN, planned(1), undone, false, NOW)).toEqual(['look-back'])
  })

  it.each([
    ['service', ['fix', 'tell-fixed']],
    ['price', ['answer-competitor']],
    ['moved', ['adapt']],
    ['unknown', ['find-reason']],
  ] as const)('in week 2 goes by the likely reason: %s', (cause, steps) => {
    const course = careCourse(PLAN, planned(11, {}, cause), did('listen', 'look-back'), true, NOW)!
    expect([course.week, course.due.map(({ name }) => name), course.done]).toEqual([2, steps, 2])
    expect(course.due.some(({ late }) => late)).toBe(false)
  })

  it('touches lightly at the end, by how the watch goes, and never without consent', () => {
    const done = did('listen', 'look-back', 'fix', 'tell-fixed', 'invite', 'entitlement', 'community')
    const touch = (course: Planned['course']) =>
      careCourse(PLAN, planned(35, { state: 'watch', course }), done, null, NOW)!.due[0]!.says.en
    expect(touch('flat')).toContain('One light touch')
    expect(touch('cooling')).toContain('Phone them')
    expect(touch('warming')).toContain('Leave room')
    expect(careCourse(PLAN, planned(35, { state: 'watch' }), done, false, NOW)!.due).toEqual([])
  })

  it('is for customers of high value about to leave, for eight weeks', () => {
    const { assessment } = planned(1)
    const forecast = (probability: number) => ({
      assessment: { ...assessment, forecast: { probability, days: 60 } },
    })
    expect(careCourse(PLAN, planned(1, { tier: 'P1' }), [], true, NOW)).toBeNull()
    expect(careCourse(PLAN, planned(1, forecast(0.69)), [], true, NOW)).toBeNull()
    expect(careCourse(PLAN, planned(1, { tier: 'P1', ...forecast(0.71) }), [], true, NOW)).not.toBeNull()
    expect(
      careCourse(PLAN, planned(1, { assessment: { ...assessment, highValue: false } }), [], true, NOW),
    ).toBeNull()
    expect(careCourse(PLAN, planned(56), [], true, NOW)).toBeNull()
    expect(careCourse(PLAN, planned(1, { state: 'dismissed' }), [], true, NOW)).toBeNull()
  })
})

it('a company’s own plans are read instead, and what is wrong with them is said', () => {
  const own = { care: 'models/care-plan.yaml', segments: 'models/segments.yaml' }
  expect(openPlans({ plans: own, folder: '.' }).carePlan).toEqual(PLAN)
  const wrong = (plans: object) => () => openPlans({ plans, folder: 'models' })
  expect(wrong({ care: 'mine.yaml' })).toThrow('There is no plan')
  expect(wrong({ care: 'segments.yaml' })).toThrow(/segments\.yaml: .*weeks/)
})
