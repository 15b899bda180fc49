import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { personErase, personExport } from '../../src/main/person-verbs.ts'
import type { Terminal } from '../../src/main/terminal.ts'
import { type Company, english, openCompany } from '../commands/company.ts'
import { onePlace } from '../places.ts'

const WORDS = '我受够了这只漏油的化油器，马上退款！'

describe.each(onePlace)('one person’s data on $name', (place) => {
  let company: Company
  let said: string[]
  const terminal: Terminal = {
    ...{ say: (line) => said.push(line), table: (words) => said.push(words), note: () => {}, fail: () => {} },
    ...{ result: (_, words) => said.push(words), progress: () => {}, done: () => {} },
  }
  beforeAll(async () => {
    company = await openCompany(place)
    said = []
    await company.say('lin', `heard K5 ${WORDS}`)
    await company.say('lin', 'show K5')
    const { no } = await company.caseOf(5)
    await company.say('lin', `resolve A-${no} lost price 客户5 嫌贵，电话 13800000005 打不通`)
    await company.run('read')
    // One that they spoke in, closed with their number.
    const figures =
      '{"count":9,"voices":9,"peak":9,"usual":{"low":0,"high":1},"usualShare":0,"days":[9],"customers":9,"valueMinor":0,"also":[]}'
    await company.sql(`INSERT INTO storm (id, kind, key, site, what, started_at, hot_at, ended_at, closed_at, closed_by, cause, note, figures)
      VALUES (gen_random_uuid(), 'all', '', '', 'volume', '2026-05-31', '2026-06-01', '2026-06-02', '2026-06-01', 'lin', 'real', '问 13800000005', '${figures}')`)
  })
  afterAll(() => company.close())

  /** Everything in the database, as text. */
  const everything = async () => {
    const tables = await company.sql(
      "SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = 'public'",
    )
    const dumps = await Promise.all(
      tables.map(({ name }) => company.sql(`SELECT to_jsonb(t)::text AS row FROM ${name} t`)),
    )
    return dumps.flat().map(({ row }) => String(row))
  }
  const about = async () =>
    (await everything()).filter((row) => /13800000005|化油器|客户5(?!\d)|嫌贵/.test(row))

  it('is handed over whole, in a file for their keeper alone', async () => {
    const file = join(company.folder, 'K5.json')
    await personExport(company.ctx, terminal, { person: 'K5', file })
    const { customer, keys, events, voices, cases, actions } = JSON.parse(readFileSync(file, 'utf8'))
    expect(customer).toMatchObject({ name: '客户5', site: '徐汇店' })
    expect(keys).toMatchObject([{ value: 'K5' }, { value: '13800000005' }])
    expect(events).toHaveLength(1)
    expect(voices.map(({ text }: { text: string }) => text)).toContain(WORDS)
    expect(cases).toHaveLength(1)
    expect(actions.length).toBeGreaterThanOrEqual(2)
    expect(statSync(file).mode & 0o777).toBe(0o600)
  })

  it('is not erased while a case is at work, nor unasked', async () => {
    await expect(personErase(company.ctx, terminal, { person: 'K7', yes: true })).rejects.toThrow(
      /a case that is not closed: A-\d+/,
    )
    await expect(personErase(company.ctx, terminal, { person: 'K5' })).rejects.toThrow('cannot be taken back')
    expect((await about()).length).toBeGreaterThan(5)
  })

  it('is erased everywhere; their case stays, and the record of actions is whole', async () => {
    const { no } = await company.caseOf(5)
    company.clock.advance(1_000)
    await personErase(company.ctx, terminal, { person: 'K5', yes: true })
    await company.run('sla')
    expect(said.at(-1)).toMatch(/^C-5 is erased: 1 events and 2 voices are gone, 1 cases stay/)
    expect(await about()).toEqual([])
    expect(await company.sql('SELECT note, version FROM storm')).toEqual([{ note: '', version: 2 }])
    const alert = (await company.ctx.store.alerts.byNo(no))!
    expect(alert).toMatchObject({ state: 'resolved', outcome: { result: 'lost', reason: 'price' } })
    expect(await company.ctx.store.audit.verify()).toMatchObject({ fault: null })
    expect(english(await company.say('ye', 'audit command-line'))).toContain(
      '"changed erased C-5","—","a customer was erased"',
    )
    expect(english(await company.say('lin', 'show C-5'))).toContain('Unnamed customer · C-5')
  })

  it('whose action is altered otherwise is still noticed', async () => {
    await company.sql("UPDATE action SET note = 'nothing' WHERE verb = 'resolve'")
    expect((await company.ctx.store.audit.verify()).fault).toMatchObject({ why: 'row-altered' })
    await company.sql("UPDATE action SET note = '' WHERE verb = 'resolve'")
    expect((await company.ctx.store.audit.verify()).fault).toBeNull()
  })

  it('does not come back with a source that still has them', async () => {
    const rows =
      'id,name,tier,ltv,owner,site,region,phone\nK5,客户5,high,9,lin,徐汇店,华东,13800000005\nK31,新客,low,9,lin,徐汇店,华东,13800000031\n'
    company.write('customers.csv', rows)
    company.write(
      'visits.csv',
      'no,customer,at,paid\n5,K5,2026-04-05 10:00,501\n99,K31,2026-04-05 10:00,500\n',
    )
    company.write(
      'voices.ndjson',
      `${JSON.stringify({ id: 'late', customer: 'K5', at: '2026-05-31 22:00', channel: 'chat', text: WORDS })}\n`,
    )
    expect(await company.run('pull')).toMatchObject({ more: { sourcesFailed: 0 } })
    expect(await about()).toEqual([])
    expect(await company.ctx.store.customers.find('K31', 2)).toHaveLength(1)
    await company.run('score')
    const history = await company.ctx.scorer.history(
      (await company.ctx.store.customers.find('C-5', 1))[0]!.id,
      company.clock.now(),
    )
    expect([...history!.events('visit').at]).toEqual([])
  })
})
