import { describe, expect, test } from 'vitest'
import { featureList } from '../../src/features/feature-list.ts'
import { HUBSPOT_USUAL } from '../../src/sources/hubspot/usual.ts'
import { SALESFORCE_USUAL } from '../../src/sources/salesforce/usual.ts'
import { SHIPPED, shippedProfile } from './shipped.ts'

describe('every shipped profile', () => {
  test.each(SHIPPED)('%s says everything in both languages', (name) => {
    const profile = shippedProfile(name)
    const guides = (profile.stages ?? []).flatMap(({ guide, says }) => [...Object.values(guide), says])
    const labels = [
      ...Object.values(profile.kinds),
      ...Object.values(profile.attributes ?? {}),
      ...[...profile.aggregates, ...profile.finalisers].map(({ label }) => label!),
      ...[...(profile.peers ?? []), ...(profile.measures ?? []), ...(profile.stages ?? [])].map(
        ({ label }) => label,
      ),
    ]
    const plays = Object.values(profile.plays ?? {}).flatMap((play) => Object.values(play))
    for (const { zh, en } of plays) {
      expect(zh).toMatch(/\p{Script=Han}.*[。”]$/u)
      expect(en).toMatch(/^[^\p{Script=Han}，。；：、]*[.?”]$/u)
    }
    for (const { zh, en } of [...labels, ...guides]) {
      expect(zh).toMatch(/\p{Script=Han}|^NPS$/u)
      expect(zh).not.toMatch(/[,;:?!]/)
      expect(en).not.toMatch(/\p{Script=Han}|[，。；：、]/u)
    }
    for (const { zh, en } of guides) expect([zh.endsWith('。'), en.endsWith('.')]).toEqual([true, true])
  })

  test.each(SHIPPED)('%s has departure stages, segments, a rhythm and rules', (name) => {
    const profile = shippedProfile(name)
    const names = featureList(profile).names
    expect(profile.stages?.length).toBeGreaterThanOrEqual(2)
    expect(profile.segments).toBeDefined()
    expect(profile.rules.length).toBeGreaterThanOrEqual(5)
    expect(names).toEqual(expect.arrayContaining(['missed_beats', 'quiet_strength', 'usual_gap_days']))
  })

  test.each(SHIPPED)('%s knows what CRMs and help desks bring unless told otherwise', (name) => {
    const brought = [...Object.values(HUBSPOT_USUAL), ...Object.values(SALESFORCE_USUAL)].flatMap(
      ({ event }) => (event === undefined ? [] : [(event.fields['kind'] as { value: string }).value]),
    )
    expect(Object.keys(shippedProfile(name).kinds)).toEqual(expect.arrayContaining(brought))
  })

  test('the SaaS profile knows logins, feature use, seats, payments, tickets, renewal and cancelling', () => {
    const kinds = Object.keys(shippedProfile('saas').kinds)
    const wanted = [
      'login',
      'feature_use',
      'seats',
      'payment',
      'ticket_opened',
      'contract_renewed',
      'cancelled',
    ]
    expect(kinds).toEqual(expect.arrayContaining(wanted))
  })
})
