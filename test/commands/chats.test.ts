import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ChatUser } from '../../src/chat/inbound.ts'
import { openReaders } from '../../src/main/readers.ts'
import { spoken } from '../../src/main/spoken.ts'
import { openWho } from '../../src/main/who.ts'
import { fakeChat } from '../fakes/chat.ts'
import { fakePlatform } from '../fakes/chat-platform.ts'
import { onePlace } from '../places.ts'
import { type Company, cellsOf, english, openCompany } from './company.ts'

describe.each(onePlace)('role, link, route and delivery on $name', (place) => {
  let company: Company
  beforeAll(async () => {
    company = await openCompany(place)
  })
  afterAll(() => company.close())

  const say = async (line: string, person = 'ye') => english(await company.say(person, line))
  const rows = async (line: string) => cellsOf((await company.say('ye', line)).en)
  const meet = async (user: string, code: string): Promise<ChatUser> => {
    const account = { chat: 'slack', workspace: 'T1', user }
    const now = company.clock.now()
    await company.ctx.store.chatUsers.meet(
      account,
      `${user}.name`,
      code,
      new Date(now.getTime() + 3_600_000),
      now,
    )
    return account
  }

  it.each(['role', 'route', 'delivery'])('%s is for admins', async (name) => {
    expect(await say(name, 'shen')).toContain(`${name} is for admins`)
  })

  it('an admin links an account, sees it, and takes it away', async () => {
    const account = await meet('U1', 'AAAA2222')
    expect(await rows('role')).toContainEqual(['U1.name', 'Slack', 'AAAA2222'])
    expect(await say('role link lin aaaa-2222')).toContain('U1.name on Slack is now Lin Xiaowen')
    expect(await rows('role')).toContainEqual(['Lin Xiaowen (lin)', 'CSM', 'Slack'])
    expect(await company.ctx.store.chatUsers.get(account)).toMatchObject({
      person: 'lin',
      how: 'admin',
      code: null,
    })
    expect(await say('role unlink lin slack')).toContain('1 account of Lin Xiaowen unlinked')
    expect(await company.ctx.store.chatUsers.get(account)).toMatchObject({ person: null })
    const changes = await company.ctx.store.settings.changes('account slack/T1/U1', 5)
    expect(changes.map(({ before, after, by }) => [before, after, by])).toEqual([
      ['lin', null, 'ye'],
      [null, 'lin', 'ye'],
    ])
  })

  it('anyone says that an account is theirs, once, and while the code holds', async () => {
    const account = await meet('U2', 'BBBB3333')
    expect(await say('link BBBB 3333', 'vera')).toContain('is now Vera')
    expect(await company.ctx.store.chatUsers.get(account)).toMatchObject({ person: 'vera', how: 'code' })
    expect(await say('link BBBB3333', 'lin')).toContain('No account waits with the code BBBB3333')
    await meet('U3', 'CCCC4444')
    company.clock.advance(3_600_000)
    expect(await say('link CCCC4444', 'lin')).toContain('No account waits')
  })

  it('a role is granted from the configuration’s up to manager', async () => {
    expect(await say('stats', 'lin')).toContain('stats is for managers')
    expect(await say('role grant lin manager')).toContain('Lin Xiaowen is now a manager')
    expect(await say('stats', 'lin')).not.toContain('stats is for')
    expect(await say('role grant lin csm')).toContain('CSM')
    expect(await say('stats', 'lin')).toContain('stats is for managers')
  })

  it('a channel takes other tiers, and goes back', async () => {
    expect(await rows('route')).toEqual([['Alerts (alerts)', 'the console', 'P0 P1 P2', '']])
    expect(await say('route set alerts p0')).toMatch(/alerts now takes: P0[\s\S]*no channel takes P1, P2/)
    const { route } = await company.ctx.caseRules()
    expect([route('P0').length, route('P1').length]).toEqual([1, 0])
    expect(await rows('route')).toEqual([['Alerts (alerts)', 'the console', 'P0', 'P0 P1 P2']])
    expect(await say('route set #alerts none')).toContain('alerts now takes no cards')
    expect(await say('route reset alerts')).toContain('alerts now takes: P0 P1 P2')
    expect(await company.ctx.store.settings.changes('routes', 9)).toHaveLength(3)
  })

  it('delivery says what did not arrive and why, and sends it again', async () => {
    expect(await say('delivery')).toContain('Every message arrives')
    await company.sql(`UPDATE outbox SET state = 'dead', reason = 'channel-closed', error = 'is_archived'
      WHERE id = (SELECT id FROM outbox ORDER BY seq LIMIT 1)`)
    const card = (await company.say('ye', 'delivery')).en
    expect(card.title).toBe('1 message did not arrive')
    expect(cellsOf(card)[0]).toEqual([
      'the console Alerts',
      '1',
      expect.stringContaining('archived'),
      'is_archived',
    ])
    expect(card.buttons).toMatchObject([{ command: 'delivery', args: 'retry' }])
    expect(await say('delivery retry')).toContain('Sending 1 message again')
    expect(await say('delivery')).toContain('Every message arrives')
    expect(await say('delivery retry')).toContain('Nothing to send again')
  })

  it.each([
    ['role link lin', 'Which code?', 'role link PERSON CODE'],
    ['role link lin 123', '"123" is not a code', '8 letters and digits'],
    ['role link nobody AAAA2222', 'nobody called "nobody"', 'Write one of'],
    ['role link ln AAAA2222', 'nobody called "ln"', 'Did you mean lin?'],
    ['role grant lin boss', 'does not know "boss"', 'Write one of viewer, csm, manager'],
    ['role grant lin admin', 'Admins are made and unmade in the configuration', 'foreshock.yaml'],
    ['role grant ye csm', 'Admins are made and unmade', 'foreshock.yaml'],
    ['role grant shen viewer', 'chat cannot give less', 'foreshock.yaml'],
    ['role unlink lin teams', 'does not know "teams"', 'role [list'],
    ['role lnk', 'does not know "lnk"', 'Did you mean link?'],
    ['link', 'Which code?', 'link CODE'],
    ['route set', 'Which channel?', 'Type route'],
    ['route set alerts', 'Which tiers?', 'P0, P1, P2'],
    ['route set alerts P9', '"P9" is not a tier', 'P0, P1, P2'],
    ['route set alrts P0', 'no channel "alrts"', 'Did you mean alerts?'],
    ['route sett alerts P0', 'does not know "sett"', 'Did you mean route set?'],
    ['delivery again', 'does not know "again"', 'delivery [retry]'],
  ])('%s is refused', async (line, what, hint) => {
    const said = await say(line)
    expect(said).toContain(what)
    expect(said).toContain(hint)
  })

  it('a colleague may be mentioned where a name is asked for, and whoever is nobody’s keeps their name', async () => {
    const { ctx, clock } = company
    await ctx.store.chatUsers.link(
      { chat: 'slack', workspace: 'T1', user: 'U0ZHOU' },
      'zhou',
      'admin',
      clock.now(),
    )
    const said = (line: string, named?: Record<string, string>) =>
      spoken(ctx, 'slack', { kind: 'say', line, ...(named === undefined ? {} : { named }) })
    expect(await said('/churn reassign A-1 @U0ZHOU please')).toBe('/churn reassign A-1 zhou please')
    expect(await said('heard C-1 @ou_abc was rude', { ou_abc: '王' })).toBe('heard C-1 王 was rude')
    expect(await said('top 20 @U0NOBODY')).toBe('top 20 @U0NOBODY')
  })

  it('whoever lives elsewhere, or reads another language, by their platform is told things so, unless the configuration says otherwise', async () => {
    const { ctx, clock } = company
    const fake = fakeChat(fakePlatform(), clock, { name: 'slack' })
    const known = {
      name: null,
      isGuest: false,
      isGone: false,
      timeZone: 'America/New_York',
      locale: 'en' as const,
    }
    fake.users.set('U9LIN', { ...known, email: 'lin@example.com' })
    const who = openWho(ctx, new Map([['slack', fake.front]]))
    const user = { chat: 'slack', workspace: 'T1', user: 'U9LIN' }
    expect(await who.of(user)).toMatchObject({
      person: { id: 'lin', timeZone: 'America/New_York', locale: 'en' },
    })
    expect(await who.of(user)).toMatchObject({ person: { timeZone: 'America/New_York', locale: 'en' } })
    expect(await who.atOnce(user)).toMatchObject({ timeZone: 'America/New_York', locale: 'en' })
    // Their own chat with the bot is written to in it; channels keep theirs.
    const readers = openReaders(ctx)
    await readers.look()
    readers.share('slack', 'D1', 'U9LIN')
    const read = ['U9LIN', 'D1', 'C1'].map((channel) => readers.localeOf('slack', channel))
    expect(read).toEqual(['en', 'en', null])
  })
})
