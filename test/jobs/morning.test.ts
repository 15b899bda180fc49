import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DAY } from '../../src/clock.ts'
import { goElsewhere } from '../../src/main/elsewhere.ts'
import { presenter } from '../../src/main/present.ts'
import { openSmtpFake, type SmtpFake } from '../fakes/smtp.ts'
import { onePlace } from '../places.ts'
import { openTestProgram, type TestProgram } from '../program.ts'
import { newAlert } from '../store/samples.ts'
import { CONFIG } from './brand.ts'

describe.each(onePlace)('the list of the day on $name', (place) => {
  let program: TestProgram
  let smtp: SmtpFake
  /** Lists at the console that only this person sees. */
  const listsOf = async (person: string) => {
    const asked = { channel: 'alerts', reader: person, before: null, limit: 99 }
    const { messages } = await program.ctx.store.console.list(asked)
    return messages.flatMap(({ card, onlyFor, line }) =>
      onlyFor === person && line === null && card!.zh.title === '今天要办的' ? [card!.zh] : [],
    )
  }
  beforeAll(async () => {
    smtp = await openSmtpFake()
    const config = CONFIG.replace('en: Zhou Qihang }', '$&, locale: en, email: zhou@example.com')
    const mail = `mail: { host: 127.0.0.1, port: ${smtp.port}, from: bot@example.com, tls: never }\n`
    // A Monday.
    program = await openTestProgram(config + mail, place, '2026-06-01T08:07:00+08:00')
    program.write('customers.csv', 'id,name,tier,ltv,owner\nK1,王芳,high,1000,lin\nK2,李雷,high,1000,zhou\n')
    program.write('visits.csv', 'no,customer,at,paid\n')
    program.write('voices.ndjson', '')
    await program.run('pull')
    const rules = await program.ctx.caseRules()
    for (const [key, assignee] of [
      ['K1', 'lin'],
      ['K2', 'zhou'],
    ] as const) {
      const [customer] = await program.ctx.store.customers.find(key, 1)
      const alert = newAlert(customer!.id, 'P1', { openedAt: program.clock.now(), assignee })
      await program.ctx.store.transaction((tables) => tables.cases.open(alert, rules, 'fresh'))
    }
    await program.deliver()
  })
  afterAll(async () => {
    await program.close()
    await smtp.close()
  })

  it('goes once a day to whom today asks something, by themselves, and by e-mail without names', async () => {
    expect(await program.run('morning')).toMatchObject({ seen: 5, changed: 2 })
    expect(await program.run('morning')).toMatchObject({ changed: 0 })
    const [list, ...more] = await listsOf('lin')
    expect(more).toEqual([])
    expect(JSON.stringify(list)).toContain('C-1 王芳')
    expect(JSON.stringify(list)).toContain('digest off')
    for (const other of ['shen', 'gu', 'ye', 'zhou']) expect(await listsOf(other)).toEqual([])
    const { to, data } = smtp.mails[0]!
    const words = Buffer.from(data.replaceAll('=\r\n', ''), 'latin1').toString()
    expect(to).toBe('zhou@example.com')
    expect(words).toMatch(/^Subject: What today asks of you\r$/m)
    expect(words).toContain('C-2')
    expect(words).not.toMatch(/李雷|=E6=9D=8E/)
  })

  it('follows the language that the console is switched to; elsewhere it is the person’s own', async () => {
    const { ctx } = program
    const rows = await program.sql(
      "SELECT c.chat, n.id FROM card c JOIN notice n ON n.id = c.alert WHERE n.kind = 'morning' ORDER BY c.chat",
    )
    const titles = rows.map(async ({ chat, id }) => {
      const { card } = await presenter(ctx).card(String(id))
      return [chat, card.zh.title, card.en.title]
    })
    expect(await Promise.all(titles)).toEqual([
      ['console', '今天要办的', 'What today asks of you'],
      ['mail', 'What today asks of you', 'What today asks of you'],
    ])
  })

  it('not on a weekend or a holiday, nor to who asked for none, until they ask again', async () => {
    program.clock.advance(5 * DAY)
    expect(await program.run('morning')).toMatchObject({ seen: 0 })
    program.clock.advance(2 * DAY)
    await program.ctx.store.settings.set('hours.holidays', '2026-06-08', 'ye', program.clock.now())
    expect(await program.run('morning')).toMatchObject({ seen: 0 })
    program.clock.advance(DAY)
    await program.say('lin', 'digest off')
    expect(await program.run('morning')).toMatchObject({ seen: 4, changed: 1 })
    expect(await listsOf('lin')).toHaveLength(1)
    await program.say('lin', 'digest on')
    expect(await program.run('morning')).toMatchObject({ changed: 1 })
    expect(await listsOf('lin')).toHaveLength(2)
  })

  it('a list that cannot be delivered is shown to nobody else', async () => {
    const { ctx } = program

    const [row] = await program.sql(
      "SELECT c.alert FROM card c JOIN notice n ON n.id = c.alert WHERE n.kind = 'morning' LIMIT 1",
    )
    const card = { alert: String(row!['alert']), chat: 'slack', channel: 'D1', id: 'x' }
    await goElsewhere(ctx, new Map(), { kind: 'notice', card } as never, 'channel-closed' as never)
    expect(
      await program.sql(
        "SELECT 1 FROM card WHERE chat = 'console' AND channel NOT LIKE '%@%' AND alert IN (SELECT id FROM notice)",
      ),
    ).toEqual([])
  })
})
