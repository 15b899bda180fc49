import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { scoreVerb } from '../../src/main/score-verb.ts'
import type { Terminal } from '../../src/main/terminal.ts'
import { type Company, openCompany } from '../commands/company.ts'
import { onePlace } from '../places.ts'

describe.each(onePlace)('foreshock score on $name', (place) => {
  let company: Company
  const said: string[] = []
  const terminal: Terminal = {
    ...{ say: (line) => said.push(line), table: (words) => said.push(words), note: () => {}, fail: () => {} },
    ...{ result: (_, words) => said.push(words), progress: () => {}, done: () => {} },
  }
  beforeAll(async () => {
    company = await openCompany(place, false)
  })
  afterAll(() => company.close())

  const nights = async () => (await company.ctx.store.assessments.runs(9)).length

  it('asked for twice at the same time scores once, and says that it is being done', async () => {
    const both = await Promise.allSettled([
      scoreVerb(company.ctx, terminal),
      scoreVerb(company.ctx, terminal),
    ])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const { reason } = both.find((each) => each.status === 'rejected')!
    expect(reason.explain('en')).toMatch(/^Another process is scoring now\. Wait until it is done/)
    expect(said.splice(0)).toEqual(['Judged 30 customers, opened 25 cases.'])
    expect(await nights()).toBe(1)
  })

  it('asked for again at the same instant tells what was done then', async () => {
    await scoreVerb(company.ctx, terminal)
    expect(said.splice(0)).toEqual([
      'Already done at this very instant. Judged 30 customers, opened 25 cases.',
    ])
    expect(await nights()).toBe(1)
  })

  it('scores again once time has gone on', async () => {
    company.clock.advance(60_000)
    await scoreVerb(company.ctx, terminal)
    expect(said).toEqual(['Judged 30 customers, opened 0 cases.'])
    expect(await nights()).toBe(2)
  })
})
