import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Block } from '../../src/chat/card.ts'
import { onePlace } from '../places.ts'
import { type Company, english, openCompany } from './company.ts'

describe.each(onePlace)('a customer at a glance on $name', (place) => {
  let company: Company
  beforeAll(async () => {
    company = await openCompany(place)
  })
  afterAll(() => company.close())

  const say = async (line: string) => english(await company.say('vera', line))

  it('draws what is known of the last months', async () => {
    const { blocks } = (await company.say('vera', 'show K5')).en
    const charts = blocks.flatMap((block: Block) => (block.kind === 'chart' ? [block.title] : []))
    // One night is no trend and one voice no mood yet.
    expect(charts).toEqual(['Workshop visits a month'])
  })

  it('takes nobody else’s interval for the customer’s own', async () => {
    // One visit each: an interval would be the profile's.
    for (const line of ['show K5', 'show K28', 'why K28']) {
      expect(await say(line)).not.toMatch(/days between|intervals missed/i)
    }
    expect(await say('show K28')).toContain('Days with a visit so far')
  })

  it('tells where the customer stands and what judged them', async () => {
    expect(await say('show K5')).toMatch(/"Segment".*Judged .* by rules, profile auto@\d/s)
    expect(await say('why K5')).toContain('"Segment"')
  })
})
