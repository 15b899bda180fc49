import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mail } from '../../jobs/mail.ts'
import type { Env } from '../../src/config.ts'
import { openStorm } from '../../src/judging/storms.ts'
import { openStaffMail } from '../../src/main/mail.ts'
import { outgoingFindings } from '../../src/main/outgoing-check.ts'
import { openSmtpFake, type SmtpFake } from '../fakes/smtp.ts'
import { onePlace } from '../places.ts'
import { openTestProgram, type TestProgram } from '../program.ts'
import { newAlert } from '../store/samples.ts'
import { CONFIG } from './brand.ts'

/** Lin is on no chat; Shen is on Slack, which is not connected; Gu has no address. */
const PEOPLE = CONFIG.replace(
  'role: csm, lead: shen }',
  'role: csm, lead: shen, email: lin@example.com, locale: en }',
)
  .replace('role: manager, lead: gu }', 'role: manager, lead: gu, email: shen@example.com, slack: U1 }')
  .replace('sources:\n', 'owners:\n  - { person: lin, topic: service }\nsources:\n')
  .replace('owners:\n', '  - { id: team, chat: slack, to: C1, title: Team, tiers: [P0] }\nowners:\n')

describe.each(onePlace)('e-mail to whom no chat reaches, on $name', (place) => {
  let program: TestProgram
  let smtp: SmtpFake
  const env = { MAIL_USER: 'foreshock', MAIL_PASSWORD: 'hunter22' } as Env
  const open = async (tier: 'P0' | 'P1', assignee: string) => {
    const [customer] = await program.ctx.store.customers.find(`K${tier === 'P0' ? 1 : 2}`, 1)
    const alert = newAlert(customer!.id, tier, { openedAt: program.clock.now(), assignee })
    const rules = await program.ctx.caseRules()
    return program.ctx.store.transaction((tables) => tables.cases.open(alert, rules, 'fresh'))
  }
  beforeAll(async () => {
    smtp = await openSmtpFake()
    const mail = `mail: { host: 127.0.0.1, port: ${smtp.port}, from: bot@example.com, tls: never, user: MAIL_USER, password: MAIL_PASSWORD, console: 'https://cases.example.com' }\n`
    program = await openTestProgram(PEOPLE + mail, place, '2026-06-01T12:00:00+08:00', env)
    program.write('customers.csv', 'id,name,tier,ltv,owner\nK1,王芳,high,1000,lin\nK2,李雷,high,1000,lin\n')
    program.write('visits.csv', 'no,customer,at,paid\n')
    program.write('voices.ndjson', '')
    await program.run('pull')
  })
  afterAll(async () => {
    await program.close()
    await smtp.close()
  })

  it('writes once, with numbers only, and says where to open the case', async () => {
    await open('P1', 'lin')
    await open('P0', 'lin')
    await program.run('mail')
    await program.run('mail')
    const [mail, ...more] = smtp.mails
    expect(more).toEqual([])
    expect(smtp.accounts).toEqual([':foreshock:hunter22'])
    expect(mail!.to).toBe('lin@example.com')
    const text = mail!.data.replaceAll('=\r\n', '')
    expect(text).toMatch(/^Subject: Foreshock A-1002 \(P0\) and 1 more wait for you\r$/m)
    expect(text).toMatch(/^From: bot@example.com\r$/m)
    expect(text).toMatch(/- A-1002 .* P0 .* C-1 .*: For you to take\r\n- A-1001 .* P1 .* C-2/s)
    expect(text).toContain('https://cases.example.com')
    expect(text).toContain('claim A-1002')
    expect(Buffer.from(text, 'latin1').toString()).not.toMatch(/王芳|李雷|=E7=8E=8B/)
  })

  it('escalates to a lead whose chat is not there, retrying while the server fails', async () => {
    smtp.answers['RCPT'] = '451 王芳 try later'
    program.clock.advance(2 * 3_600_000 + 60_000)
    await program.run('sla')
    await program.run('mail')
    const said = async () => JSON.stringify((await program.say('ye', 'delivery')).en)
    expect(await said()).toContain('e-mail shen × 1 · SMTP: RCPT TO 451')
    expect(JSON.stringify(await program.sql('SELECT error FROM outbox'))).not.toContain('王芳')
    delete smtp.answers['RCPT']
    program.clock.advance(2_000)
    await program.run('mail')
    const last = smtp.mails.filter(({ to }) => to === 'shen@example.com')
    expect(last).toHaveLength(1)
    const subject = /^Subject: (.*(?:\r\n .*)*)/m.exec(last[0]!.data)![1]!
    expect(subject).toContain('=?UTF-8?')
    expect(await said()).not.toContain('e-mail')
  })

  it('sends a mail whose answer was lost again under the same Message-ID', async () => {
    const [before, { no }] = [smtp.mails.length, (await program.ctx.store.alerts.list({}))[0]!]
    smtp.answers['END'] = 'lost'
    await program.say('shen', `reassign A-${no} 林晓雯`)
    await program.run('mail')
    delete smtp.answers['END']
    program.clock.advance(10_000)
    await program.run('mail')
    const ids = smtp.mails.slice(before).map(({ data }) => /^Message-ID: (.*)\r$/m.exec(data)![1])
    expect(ids).toEqual([ids[0], ids[0]])
    expect((await program.ctx.store.delivery.state(program.clock.now())).repeated).toBe(1)
    expect(await program.ctx.store.outbox.waiting()).toBe(0)
  })

  it('waits a day for a chat where it is told to, and writes then', async () => {
    const { ctx, clock } = program
    const patient = { ...ctx, config: { ...ctx.config, mail: { ...ctx.config.mail!, after: 1_440 } } }
    const { no } = (await ctx.store.alerts.list({})).find(({ tier }) => tier === 'P0')!
    await program.say('shen', `reassign A-${no} shen`)
    // Slack is set up and does not answer.
    await program.sql("UPDATE outbox SET state = 'queued' WHERE state = 'dead'")
    clock.advance(1_439 * 60_000)
    expect(await mail.run(patient, new AbortController().signal)).toMatchObject({ changed: 0 })
    clock.advance(2 * 60_000)
    expect(await mail.run(patient, new AbortController().signal)).toMatchObject({ changed: 1 })
    await program.deliver()
  })

  it('who answers for what a storm is about is told of it themselves, once', async () => {
    const { ctx } = program
    const [before, now] = [smtp.mails.length, program.clock.now()]
    const counts = Array.from({ length: 120 }, (_, day) => (day === 0 ? 25 : 2))
    const series = { kind: 'topic', key: 'service', site: '', counts, bad: counts } as const
    const rise = { series, what: 'volume', days: 1, excess: 20, chance: 0 } as const
    const hot = { volume: true, negative: false }
    const stand = { count: 25, usual: { low: 1, high: 4 }, bad: 25, usualShare: 0.2, hot }
    expect(await openStorm(ctx, rise, [], stand, now)).toBe(true)
    expect(await openStorm(ctx, rise, [], stand, now)).toBe(false)
    await program.deliver()
    const sent = smtp.mails.slice(before)
    expect(sent.map(({ to }) => to)).toEqual(['lin@example.com'])
    expect(sent[0]!.data.replaceAll('=\r\n', '')).toMatch(
      /Subject: .*far more voices than usual.*25 voices in 24 hours/s,
    )
  })

  it('says in doctor whether the server lets us in', async () => {
    const says = async () =>
      (await outgoingFindings(program.ctx)).map(({ ok, detail }) => `${ok} ${detail}`).join('\n')
    expect(await says()).toContain(`true on: 127.0.0.1:${smtp.port} lets us in`)
    expect(await says()).toContain('zhou, gu, ye: no e-mail address')
    smtp.answers['AUTH'] = '535 no'
    expect(await says()).toContain('false 127.0.0.1:')
    expect(await says()).toContain('user and password were refused')
    const { config, people } = program.ctx
    const unset = openStaffMail({ config: { ...config, variables: {} }, people })!
    await expect(unset.check()).rejects.toMatchObject({ code: 'token-refused' })
    await smtp.close()
    expect(await says()).toContain('ECONNREFUSED')
  })
})
