import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { personErase } from '../../src/main/person-verbs.ts'
import { sheetFile } from '../../src/main/sheets.ts'
import type { Terminal } from '../../src/main/terminal.ts'
import { type Company, openCompany } from '../commands/company.ts'
import { onePlace } from '../places.ts'

/** Quotes are written otherwise in JSON, and nobody types capitals into a search. */
const NAME = 'Anneliese "Annie" Low'
const TYPED = NAME.toLowerCase()

const silent: Terminal = {
  ...{ say: () => {}, table: () => {}, note: () => {}, fail: () => {} },
  ...{ result: () => {}, progress: () => {}, done: () => {} },
}

describe.each(onePlace)('where colleagues named a person, on $name', (place) => {
  let company: Company
  beforeAll(async () => {
    company = await openCompany(place, true, true)
    company.write(
      'customers.csv',
      `id,name,tier,ltv,owner,site,region,phone\nK31,"${NAME.replaceAll('"', '""')}",high,9,lin,虹桥店,华东,\n`,
    )
    const voice = { id: 'v31', customer: 'K31', at: '2026-06-01 05:00', channel: 'chat', text: '我要退款！' }
    company.write('voices.ndjson', `${JSON.stringify(voice)}\n`)
    await company.run('pull')
    await company.run('score')
    await company.run('read')
    // It stands in a list of the day, in what was typed, in the sealed record and in what was mended.
    await company.run('morning')
    await company.say('lin', `search ${TYPED}`)
    await sheetFile(company.ctx, company.ctx.people.get('lin')!, `table search ${TYPED}`.slice(6))()
    await company.say('shen', 'theme add service 售后部')
    await company.say('shen', `theme done T-1 called ${NAME} and put it right`)
    const { no } = await company.caseOf(31)
    await company.say('lin', `resolve A-${no} lost price gone`)
  })
  afterAll(() => company.close())

  const naming = async () => {
    const tables = await company.sql(
      "SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = 'public'",
    )
    const found = await Promise.all(
      tables.map(async ({ name }) => {
        const [row] = await company.sql(
          `SELECT count(*)::int AS rows FROM ${name} t WHERE to_jsonb(t)::text ~* 'anneliese'`,
        )
        return row!['rows'] === 0 ? [] : [name]
      }),
    )
    return found.flat().sort()
  }

  it('nothing names them any more once they are erased, and the record is whole', async () => {
    expect(await naming()).toEqual(['console_message', 'customer', 'notice', 'setting_change', 'theme'])
    await company.run('sla')
    company.clock.advance(1_000)
    await personErase(company.ctx, silent, { person: 'K31', yes: true })
    await company.run('sla')
    expect(await naming()).toEqual([])
    expect(await company.ctx.store.audit.verify()).toMatchObject({ fault: null })
    // Who took a table, and how many rows it had, is still told.
    const [taken] = await company.sql("SELECT after FROM setting_change WHERE name = 'table'")
    expect(taken).toEqual({ after: { line: '—', rows: expect.any(Number) } })
  })
})
