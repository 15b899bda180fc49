import { describe, expect, test } from 'vitest'
import { type GrantLimits, grantLimit, mayGrant, refusesGrant } from '../../src/alerts/grant.ts'
import type { Entitlement } from '../../src/features/profile.ts'
import { ROLES } from '../../src/records/person.ts'

const wash: Entitlement = {
  name: 'wash',
  label: { zh: '洗车', en: 'Wash' },
  role: 'csm',
  tiers: ['P0', 'P1', 'P2'],
}
const warranty: Entitlement = { ...wash, name: 'warranty', role: 'manager', tiers: ['P0'] }
const limits: GrantLimits = {
  P0: { csm: 50_000, manager: 300_000 },
  P1: { csm: 30_000, manager: 150_000 },
  P2: { csm: 0, manager: 50_000 },
}

describe('what may be given', () => {
  test('by tier and role', () => {
    const names = (tier: 'P0' | 'P1', role: (typeof ROLES)[number]) =>
      mayGrant([wash, warranty], tier, role).map(({ name }) => name)
    expect(ROLES.map((role) => names('P0', role))).toEqual([
      [],
      ['wash'],
      ['wash', 'warranty'],
      ['wash', 'warranty'],
    ])
    expect(names('P1', 'manager')).toEqual(['wash'])
  })

  test('up to the limit and not a cent above; admins have none, viewers nothing', () => {
    const refused = (costMinor: number, role: (typeof ROLES)[number], tier: 'P0' | 'P2' = 'P0') =>
      refusesGrant({ entitlement: null, costMinor }, tier, role, limits)
    expect(refused(50_000, 'csm')).toBeNull()
    expect(refused(50_001, 'csm')).toEqual({ why: 'limit', limitMinor: 50_000, tier: 'P0' })
    expect(refused(50_001, 'manager')).toBeNull()
    expect(refused(1, 'csm', 'P2')).toMatchObject({ why: 'limit', limitMinor: 0 })
    expect(refused(0, 'csm', 'P2')).toBeNull()
    expect(ROLES.map((role) => grantLimit(limits, 'P0', role))).toEqual([0, 50_000, 300_000, null])
  })

  test('no manager’s gift from a CSM, none on a case it is not for', () => {
    const give = (entitlement: Entitlement, role: 'csm' | 'manager', tier: 'P0' | 'P1') =>
      refusesGrant({ entitlement, costMinor: 0 }, tier, role, limits)?.why
    expect(give(warranty, 'csm', 'P0')).toBe('role')
    expect(give(warranty, 'manager', 'P0')).toBeUndefined()
    expect(give(warranty, 'manager', 'P1')).toBe('tier')
    expect(give(wash, 'csm', 'P1')).toBeUndefined()
  })
})
