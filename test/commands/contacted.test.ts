import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { onePlace } from '../places.ts'
import { type Company, openCompany, wordsOf } from './company.ts'

describe.each(onePlace)('a contact with words on $name', (place) => {
  let company: Company
  beforeAll(async () => {
    company = await openCompany(place)
  })
  afterAll(() => company.close())

  it('is read in the thread, where the channel reads no name or number', async () => {
    const { no } = await company.caseOf(20)
    const words = '客户20 说周末再来，另一个电话 13900000006'
    expect(wordsOf((await company.say('lin', `contacted A-${no} ${words}`)).en)).toContain('contact noted')
    const lines = (await company.thread(await company.cardOf(20))).map(({ card }) => wordsOf(card!.zh))
    expect(lines.at(-1)).toMatch(/林晓雯已联系上客户。.*客\*\* 说周末再来，另一个电话 139\*\*\*\*/s)
  })
})
