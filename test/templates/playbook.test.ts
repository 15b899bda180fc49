import { describe, expect, test } from 'vitest'
import type { Cause } from '../../src/risk/assessment.ts'
import { suggestedSteps } from '../../templates/playbook.ts'
import { CAUSE_PLAYS } from '../../templates/playbooks/causes.ts'
import { SHIPPED, shippedProfile } from '../features/shipped.ts'

describe('the playbook', () => {
  const base = {
    ...({ tier: 'P0', state: 'open', csm: 'Lin', manager: null, spoke: false } as const),
    deadlines: { claim: 2, reach: 24, atWork: false },
  }
  const causes = Object.keys(CAUSE_PLAYS) as Cause[]

  const everyones = [undefined, ...SHIPPED.map((name) => shippedProfile(name).plays)]

  test('every cause has steps for every tier in every industry, at most five, none over the limit', () => {
    for (const [cause, plays] of causes.flatMap((each) => everyones.map((plays) => [each, plays] as const))) {
      for (const tier of ['P0', 'P1', 'P2'] as const) {
        const steps = suggestedSteps({ ...base, tier, cause, plays, contactConsent: null }, 'zh')
        expect(steps.length).toBeLessThanOrEqual(5)
        expect(Math.max(...steps.map(({ length }) => length))).toBeLessThan(120)
      }
    }
  })

  test('a P0 is phoned within 2 hours and brings in the regional manager', () => {
    const steps = suggestedSteps({ ...base, cause: 'service', contactConsent: true }, 'en').join('\n')
    expect(steps).toContain('Lin phones within 2 hours')
    expect(steps).toContain('The regional manager')
  })

  test('steps keep to the deadlines as they are set, not as they were shipped', () => {
    const said = (
      tier: 'P0' | 'P1' | 'P2',
      claim: number,
      reach: number,
      atWork: boolean,
      locale: 'zh' | 'en',
    ) => {
      const deadlines = { claim, reach, atWork }
      return suggestedSteps({ ...base, tier, cause: 'price', contactConsent: null, deadlines }, locale).join(
        '\n',
      )
    }
    expect(said('P0', 4, 48, false, 'en')).toMatch(/phones within 4 hours[\s\S]*calls within 48 hours/)
    expect(said('P0', 1, 8, true, 'en')).toMatch(
      /phones within 1 working hour,[\s\S]*calls within 8 working hours/,
    )
    expect(said('P0', 4, 72, false, 'zh')).toMatch(/Lin 4 小时内打电话[\s\S]*3 天内亲自致电/)
    expect(said('P1', 8, 24, true, 'zh')).toContain('8 个工作小时内完成首次联系')
    expect(said('P2', 168, 168, false, 'en')).toContain('Within 7 days, take a look')
  })

  test('who has just spoken is not asked how they have been', () => {
    const opening = (spoke: boolean) =>
      suggestedSteps({ ...base, cause: 'unknown', contactConsent: null, spoke }, 'en').at(-1)
    expect(opening(false)).toContain('It’s been a while')
    expect(opening(true)).toContain('I’ve seen what you told us')
  })

  test('only who has a workshop sends for a technician', () => {
    const said = (name: (typeof SHIPPED)[number]) =>
      causes.flatMap((cause) =>
        (['zh', 'en'] as const).flatMap((locale) => {
          const { plays } = shippedProfile(name)
          const asked = { ...base, cause, plays }
          return [null, false].flatMap((contactConsent) =>
            suggestedSteps({ ...asked, contactConsent }, locale),
          )
        }),
      )
    for (const name of SHIPPED)
      expect([name, /技师|到店|门店|technician|branch|site/.test(said(name).join('\n'))]).toEqual([
        name,
        name === 'auto',
      ])
  })

  test('without consent nothing reaches out to the customer', () => {
    for (const [cause, plays] of causes.flatMap((each) => everyones.map((plays) => [each, plays] as const))) {
      for (const state of ['open', 'claimed'] as const) {
        const steps = suggestedSteps({ ...base, state, cause, plays, contactConsent: false }, 'en')
        expect(steps[0]).toMatch(/^No consent/)
        expect(steps.slice(1).join(' ')).not.toMatch(/phone|call |e-mail|You could open/i)
      }
    }
  })
})
