import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { parseConfig } from '../../src/config.ts'
import { STORES } from '../../src/demo/brand.ts'
import { demoConfig } from '../../src/demo/config.ts'
import { STAFF } from '../../src/demo/people.ts'

describe('the demo configuration', () => {
  const config = parseConfig(demoConfig('./exports'), 'foreshock.yaml')

  it('is one that the program accepts', () => {
    expect(config.company).toMatchObject({ timeZone: 'Asia/Shanghai', currency: 'CNY', locale: 'zh' })
    expect(config.profile).toBe('auto')
    expect(config.sources.map((source) => source.name)).toEqual([
      ...['crm', 'workshop-old', 'workshop', 'app', 'shop', 'events', 'feedback'],
    ])
    expect(config.channels.map((channel) => [channel.id, channel.tiers])).toEqual([
      ['alerts', ['P0', 'P1', 'P2']],
      ['retention', ['P0']],
      ['general', []],
      ['keepers', []],
    ])
    expect(config.channels.filter(({ notices }) => notices).map(({ id }) => id)).toEqual(['keepers'])
  })

  it('maps only onto event kinds the profile knows', () => {
    const profile = parse(readFileSync('models/profiles/auto.yaml', 'utf8')) as { kinds: object }
    for (const source of parse(demoConfig('x')).sources) {
      for (const kind of Object.values(source.kinds ?? {})) expect(Object.keys(profile.kinds)).toContain(kind)
    }
  })

  it('names an owner for every store, and a chain from every CSM to the regional manager', () => {
    const people = new Map(STAFF.map((person) => [person.id, person]))
    for (const store of STORES) {
      const owner = people.get(store.owner)!
      expect(owner.role).toBe('csm')
      expect(owner.region).toBe(store.region)
      expect(people.get(people.get(owner.lead!)!.lead!)!.role).toBe('manager')
    }
    expect(STAFF.filter((person) => person.role === 'csm').length).toBe(4)
    expect(STAFF.some((person) => person.locale === 'en')).toBe(true)
  })
})
