import { afterEach, describe, expect, it } from 'vitest'
import { type Text, text } from '../src/text.ts'
import { larkTown } from './fakes/lark-town.ts'
import { slackTown } from './fakes/slack/town.ts'
import { onePlace } from './places.ts'
import type { Resident, Seen, Town } from './suites/town.ts'
import { AGAIN, ANGRY, come, OTHER, openTownProgram, type TownProgram } from './town-program.ts'

/** One customer's way again, on each chat platform, as the people there see it. */

/** What people press, and what they are told. */
const SAYS = {
  claim: text('认领', 'Claim'),
  picture: text('每月到店 ·', 'Workshop visits a month ·'),
  contacted: text('已联系', 'Contacted'),
  resolve: text('结案', 'Close case'),
  claimed: text('已认领 ·', '· Claimed ·'),
  reached: text('已联系 ·', '· Contacted ·'),
  watch: text('第 1/30 天', 'Day 1/30'),
  who: text('先确认你是谁', 'First: who are you?'),
  linked: text('现在是周启航', 'is now Zhou Qihang'),
  myCases: text('我负责的客户', 'My cases'),
  mine: text('A-1001 归你了', 'A-1001 is yours'),
  bestHour: text('现在就可以打（当地 18:30）', 'Now is fine (18:30 there)'),
  noPromise: text('没有记录', 'None on record'),
  noted: text('A-1001 已记为联系过', 'A-1001: contact noted'),
  refused: text('resolve 只对客户经理开放', 'resolve is for CSMs'),
  form: text('写结果', 'Write the outcome'),
  onWatch: text('A-1001 进入观察期', 'A-1001 is on watch'),
  threadClaimed: text('周启航认领了', 'Zhou Qihang claimed'),
  gift: text('上次给过：一次免费保养', 'Given last time: One free service'),
  top: text('风险客户排行', 'Customers at risk'),
  why: text('为什么是', 'Why'),
  closed: text('请到 A-1002 继续跟进', 'Work goes on in A-1002'),
  delivery: text('频道已归档', 'the channel is archived'),
}

const CHANNEL = { slack: 'C0CARE', lark: 'oc_care' }

/** How the story looks at its town. */
function watching(town: Town) {
  const here = CHANNEL[town.name]
  return {
    here,
    t: (words: Text): string => words[town.locale],
    /** What this resident alone is shown from here on, one after the other. */
    listen: (who: Resident) => {
      const heard = new Set(town.aside(who).map(({ id }) => id))
      return async (words: string): Promise<Seen> => {
        const next = await come(`“${words}” to ${who}`, () =>
          town.aside(who).find(({ id }) => !heard.has(id)),
        )
        heard.add(next.id)
        expect(next.words).toContain(words)
        return next
      }
    },
    /** The card, once it says this. */
    shows: (id: string, words: string): Promise<Seen> =>
      come(`“${words}” on the card`, () => {
        const card = town.cards(here).find((each) => each.id === id)
        return card?.words.includes(words) && card
      }),
  }
}

describe.each([
  // The same adapter behind another door: its beginning is enough.
  ['Slack over its socket', () => slackTown('socket'), false],
  ['Slack over HTTP', () => slackTown('http'), true],
  ['Lark over its long connection', () => larkTown('socket'), false],
  ['Lark over HTTP', () => larkTown('http'), true],
] as const)('a customer’s way on %s', (_, openTown, isWhole) => {
  let program: TownProgram
  afterEach(() => program.close())

  it('goes from an invitation to a card, a claim, an outcome, a relapse and a closed channel', async () => {
    const town = await openTown()
    program = await openTownProgram(town, onePlace[0]!)
    const { fresh, claimed } = await untilTheClaim(town)
    if (!isWhole) return
    await untilTheWatch(town, program, fresh, claimed)
    await afterwards(town, program, fresh)
  })
})

/** Gives the first card as it came, and once it was claimed. */
async function untilTheClaim(town: Town): Promise<{ fresh: Seen; claimed: Seen }> {
  const { here, t, listen, shows } = watching(town)

  // Nobody has told the program of a channel: the bot is called into one, and what is at work comes there.
  await town.invite(here)
  // Notices of jobs may come there too, sooner or later.
  const cases = () => town.cards(here).filter(({ words }) => words.includes('A-1001'))
  const fresh = await come('a card', () => cases()[0])
  expect(fresh.words).toContain('我要退款')

  // Lin's e-mail is the company's: she is known without a word.
  const lin = listen('lin')
  await town.type('lin', here, '/churn mine')
  await lin(t(SAYS.myCases))

  // An account that is nobody's: it is asked who it is, by itself alone, and its press is finished afterwards.
  const zhou = listen('zhou')
  await town.press('zhou', fresh, t(SAYS.claim))
  const code = /link ([2-9A-Z]{8})/.exec((await zhou(t(SAYS.who))).words)![1]!
  const ye = listen('ye')
  await town.type('ye', here, `role link zhou ${code}`)
  await ye(t(SAYS.linked))
  const pack = await zhou(t(SAYS.mine))
  for (const words of ['13800000001', t(SAYS.bestHour), t(SAYS.noPromise)])
    expect(pack.words).toContain(words)
  const claimed = await shows(fresh.id, t(SAYS.claimed))
  expect(cases()).toHaveLength(1)
  return { fresh, claimed }
}

async function untilTheWatch(town: Town, program: TownProgram, fresh: Seen, claimed: Seen): Promise<void> {
  const { here, t, listen, shows } = watching(town)
  const zhou = listen('zhou')

  // The work: reached, then an outcome by a form. A viewer is refused before any form opens.
  await town.press('zhou', claimed, t(SAYS.contacted))
  await zhou(t(SAYS.noted))
  const contacted = await shows(fresh.id, t(SAYS.reached))
  // She is not known here either, and says who she is where she is known: in the console.
  const vera = listen('vera')
  await town.press('vera', contacted, t(SAYS.resolve))
  const hers = /link ([2-9A-Z]{8})/.exec((await vera(t(SAYS.who))).words)![1]!
  await program.console('vera', `link ${hers}`)
  await vera(t(SAYS.refused))
  expect(town.forms()).toBe(0)
  await town.press('zhou', contacted, t(SAYS.resolve))
  await come('a form', () => town.forms() === 1)
  if (town.name === 'lark') await zhou(t(SAYS.form))
  const outcome = {
    result: 'stays',
    reason: 'service',
    action: '换了刹车总成',
    entitlement: 'free-service',
    cost: '280',
  }
  await town.submit('zhou', t(SAYS.resolve), outcome)
  await zhou(t(SAYS.onWatch))
  await shows(fresh.id, t(SAYS.watch))
  // It did not wait for its picture, which came when it was drawn and handed over.
  await shows(fresh.id, t(SAYS.picture))
  await come('three lines', () => town.thread(fresh).length === 3)
  expect(town.thread(fresh)[0]!.words).toContain(t(SAYS.threadClaimed))

  // Questions, answered to the asker alone: typed in the channel, and asked in the card's thread.
  await town.type('zhou', here, '/churn top 5')
  expect((await zhou(t(SAYS.top))).words).toContain('王芳')
  await town.mention('zhou', fresh, 'why A-1001')
  await zhou(t(SAYS.why))
  await town.mention('zhou', fresh, 'cliam A-1001')
  await zhou('claim')
  expect(town.thread(fresh)).toHaveLength(3)
}

async function afterwards(town: Town, program: TownProgram, fresh: Seen): Promise<void> {
  const { here, t, listen, shows } = watching(town)
  const zhou = listen('zhou')

  // Five days later the customer writes again: a new card, and the old one says where it went.
  program.write('voices.ndjson', ANGRY + AGAIN)
  program.clock.advanceTo(new Date('2026-06-07T06:30:00+08:00'))
  const relapse = await come('a new card', () =>
    town.cards(here).find(({ id, words }) => id !== fresh.id && words.includes('A-1002')),
  )
  expect(relapse.words).toContain('换了刹车总成')
  await shows(fresh.id, 'A-1002')
  // Someone's screen still shows the card of the first morning: the present state answers.
  await town.press('zhou', fresh, t(SAYS.claim))
  await zhou(t(SAYS.closed))
  await town.press('zhou', relapse, t(SAYS.claim))
  expect((await zhou('A-1002')).words).toContain(t(SAYS.gift))

  // The channel is closed for good: the next card goes to the CSM, and admins are told why.
  town.archive(here)
  const before = town.direct('lin').length
  program.write('voices.ndjson', ANGRY + AGAIN + OTHER)
  program.clock.advanceTo(new Date('2026-06-07T07:30:00+08:00'))
  const moved = await come('a card for the CSM', () => town.direct('lin')[before])
  expect(moved.words).toContain('A-1003')
  await town.press('lin', moved, t(SAYS.claim))
  await come('claimed there', () => town.direct('lin')[before]!.words.includes(t(SAYS.claimed)))
  const count = town.direct('ye').length
  await town.type('ye', null, 'delivery')
  // A card that had to leave the channel may come in between.
  const delivery = await come('the state of delivery', () =>
    town
      .direct('ye')
      .slice(count)
      .find(({ words }) => words.includes(t(SAYS.delivery))),
  )
  expect(delivery.words).toContain(here)
}
