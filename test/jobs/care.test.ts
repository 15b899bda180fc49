import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DAY } from '../../src/clock.ts'
import type { Env } from '../../src/config.ts'
import { proofIn, signerOf } from '../../src/ingest/proof.ts'
import { openCourier } from '../../src/main/care.ts'
import { TIERS } from '../../src/risk/assessment.ts'
import { onePlace } from '../places.ts'
import { openTestProgram, type TestProgram } from '../program.ts'
import { assessmentOf, newAlert } from '../store/samples.ts'
import { CONFIG } from './brand.ts'

const SECRET = 'a-secret-for-the-mailing-tool'
const START = '2026-06-01T12:00:00+08:00'

/** What a mailing tool was posted, once its signature held. */
interface Posted {
  readonly key: string
  readonly kind: string
  readonly reason: string
  readonly customer: {
    readonly no: string
    readonly name: string
    readonly language: string
    readonly phone: string
  }
  readonly text: string
}

describe.each(onePlace)('automated care on $name', (place) => {
  let program: TestProgram
  const posted: Posted[] = []
  const keys: unknown[] = []
  const answers: number[] = []
  const receiver = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const body = Buffer.concat(chunks)
    const access = { tokens: [], secrets: [{ name: 'foreshock', secret: SECRET }] }
    const proof = proofIn(request.headers, access, program.clock.now())
    const isSigned = proof.by === 'signature' && signerOf(body, proof, access) === 'foreshock'
    const status = isSigned ? (answers.shift() ?? 202) : 401
    keys.push(request.headers['idempotency-key'])
    if (status === 202) posted.push(JSON.parse(body.toString()) as Posted)
    response.writeHead(status).end('王芳 is known here')
  })
  const id = async (no: number) => (await program.ctx.store.customers.find(`K${no}`, 1))[0]!.id
  const open = async (no: number, tier: 'P0' | 'P2') => {
    const customer = await id(no)
    const alert = newAlert(customer, tier, { openedAt: program.clock.now() })
    const rules = await program.ctx.caseRules()
    return program.ctx.store.transaction((tables) => tables.cases.open(alert, rules, 'fresh'))
  }
  const deliverAfter = async (ms: number) => {
    program.clock.advance(ms)
    await program.deliver()
  }

  beforeAll(async () => {
    receiver.listen(0, '127.0.0.1')
    await once(receiver, 'listening')
    const { port } = receiver.address() as AddressInfo
    const yaml = CONFIG.replace(
      'keys: { crm: id }',
      'keys: { crm: id, phone: phone }, language: lang, contactConsent: ok',
    ).concat(`care: { webhook: { url: http://127.0.0.1:${port}/care, secret: CARE_SECRET } }\n`)
    program = await openTestProgram(yaml, place, START, { CARE_SECRET: SECRET } as Env)
    const row = (no: number, ok: string, lang = '') =>
      `K${no},客户${no},low,1000,lin,+44 20 7946 00${10 + no},${lang},${ok}`
    const rows = [
      row(1, 'yes'),
      row(2, 'no'),
      row(3, ''),
      row(4, 'yes', 'en-GB'),
      row(5, 'yes'),
      row(6, 'yes'),
    ]
    program.write('customers.csv', `id,name,tier,ltv,owner,phone,lang,ok\n${rows.join('\n')}\n`)
    program.write('visits.csv', 'no,customer,at,paid\n')
    program.write('voices.ndjson', '')
    await program.run('pull')
  })
  afterAll(async () => {
    await program.close()
    receiver.close()
  })

  it('leaves once for a P2 who agreed, signed and under its own key, also where the receiver failed at first', async () => {
    for (const no of [1, 2, 3]) await open(no, 'P2')
    answers.push(500)
    expect(await program.run('care')).toMatchObject({ seen: 3, changed: 1, more: { 'no-consent': 2 } })
    expect(posted).toEqual([])
    const { failing } = await program.ctx.store.delivery.state(program.clock.now())
    expect(failing).toEqual([
      { chat: 'care', channel: 'webhook', count: 1, error: 'the receiver of care answered 500' },
    ])
    await deliverAfter(2_000)
    await program.run('care')
    expect(posted).toMatchObject([
      {
        ...{ key: keys[0], kind: 'first', reason: 'service' },
        customer: {
          no: expect.stringMatching(/^C-\d+$/),
          name: '客户1',
          language: 'zh',
          phone: '+442079460011',
        },
      },
    ])
    expect(keys).toEqual([keys[0], keys[0]])
    const alert = (await program.ctx.store.alerts.ofCustomer(await id(1)))[0]!
    const own = (await program.channel('alerts')).find(({ card }) =>
      card?.en.subtitle?.includes(`A-${alert.no} `),
    )!
    expect(JSON.stringify(own.card!.en)).toContain('Automated care has left (1 Jun)')
    expect((await program.thread(own)).map(({ card }) => card!.zh.title)).toEqual([
      '已向客户发出一次自动关怀。',
    ])
  })

  it('reminds who is on watch, in their language, no oftener than it is set', async () => {
    const { assessments } = program.ctx.store
    const [four, five] = [await id(4), await id(5)]
    const asOf = program.clock.now()
    const watched = [four, five].map((each) =>
      assessmentOf(each, { tier: 'watch', cause: 'product', asOf: +asOf }),
    )
    await assessments.add(watched)
    const customers = await program.ctx.store.customers.many([four, five])
    await assessments.addRun({
      ...{ asOf, profile: 'auto', model: 'rules', horizon: asOf, deferred: [] },
      customers: Int32Array.of(customers.get(four)!.no, customers.get(five)!.no),
      ...{
        scores: [0.3, 0.2],
        priorities: [2, 1],
        tiers: Uint8Array.of(TIERS.indexOf('watch'), TIERS.indexOf('watch')),
      },
    })
    // Drawn to be left alone: nothing goes to them.
    const until = new Date(+asOf + 60 * DAY)
    await program.say('ye', 'config set holdout.share 0.1')
    await program.ctx.store.holdout.add([
      {
        ...{
          customer: five,
          at: asOf,
          period: '2026-Q2',
          arm: 'held',
          tier: 'P2',
          reason: 'one-signal',
          share: 0.1,
          until,
        },
      },
    ])
    posted.length = 0
    await program.run('care')
    await program.run('care')
    expect(posted).toMatchObject([{ kind: 'reminder', customer: { name: '客户4', language: 'en' } }])
    expect(posted[0]!.text).toContain('note when and what it was')
    expect(JSON.stringify((await program.say('ye', 'show K4')).en)).toContain(
      'Automated care last left: today',
    )
    program.clock.advance(59 * DAY)
    expect(await program.run('care')).toMatchObject({ changed: 0 })
    program.clock.advance(2 * DAY)
    expect(await program.run('care')).toMatchObject({ changed: 2 })
  })

  it('does the light touch of the eight-week plan, and notes the step', async () => {
    const alert = await open(6, 'P0')
    await program.ctx.store.cases.move(
      alert.id,
      { verb: 'retained', by: 'lin', at: program.clock.now() },
      { person: program.ctx.people.get('lin'), via: 'test', request: null, note: '' },
      await program.ctx.caseRules(),
    )
    program.clock.advance(29 * DAY)
    posted.length = 0
    await program.run('care')
    expect(posted).toMatchObject([{ kind: 'touch', customer: { name: '客户6' } }])
    const actions = await program.ctx.store.alerts.actions(alert.id)
    expect(actions.at(-1)).toMatchObject({ verb: 'step', by: 'foreshock', detail: { step: 'touch-6' } })
    expect(await program.run('care')).toMatchObject({ changed: 0 })
  })

  it('keeps back what waits when consent is withdrawn, and counts what left against what people did', async () => {
    const alert = await open(5, 'P2')
    posted.length = 0
    answers.push(503)
    await program.run('care')
    await program.ctx.store.transaction(({ person }) => person.erase(alert.customer, program.clock.now()))
    await deliverAfter(5_000)
    expect(posted).toEqual([])
    expect(await program.sql(`SELECT withheld FROM care WHERE alert = '${alert.id}'`)).toEqual([
      { withheld: 'no-consent' },
    ])
    const said = JSON.stringify((await program.say('shen', 'roi')).en)
    expect(said).toContain('["Automated care","too few yet (5 of 10)","85%"]')
    expect(JSON.stringify(await program.sql('SELECT error, body FROM outbox'))).not.toMatch(/客户|王芳|7946/)
  })

  it('puts a table into a folder instead, whole and safe for a spreadsheet', async () => {
    const { ctx } = program
    const folder = openCourier({ ...ctx, config: { ...ctx.config, care: { folder: './out' } } })!
    await program.sql(`UPDATE customer SET name = '=HYPERLINK(1)' WHERE id = '${await id(4)}'`)
    const wish = {
      customer: await id(4),
      alert: null,
      kind: 'reminder',
      occasion: 'r',
      cause: 'price',
      step: null,
    } as const
    const [piece] = await ctx.store.care.add([wish], true, ctx.clock.now())
    const parcel = await folder.pack(piece!.batch)
    if (parcel === null || 'until' in parcel) throw new Error('nothing to send')
    await parcel.send()
    await parcel.send()
    const [file, ...more] = readdirSync(join(program.folder, 'out'))
    expect(more).toEqual([])
    const [head, line] = readFileSync(join(program.folder, 'out', file!), 'utf8').split('\r\n')
    expect(head).toBe('\ufeffkey,kind,reason,decided_at,customer,crm,name,language,phone,email,subject,text')
    expect(line).toContain(`${piece!.id},reminder,price`)
    expect(line).toContain(",K4,'=HYPERLINK(1),en,00442079460014,,")
    await parcel.arrived()
    expect(await folder.pack(piece!.batch)).toBeNull()
  })

  it('posts all of a batch that was put together for a folder before', async () => {
    const { ctx } = program
    const [four, six] = [await id(4), await id(6)]
    const alert = (await ctx.store.alerts.ofCustomer(six))[0]!.id
    const rest = { occasion: 's', cause: 'price', step: null } as const
    const wishes = [
      { ...rest, customer: four, alert: null, kind: 'reminder' },
      { ...rest, customer: six, alert, kind: 'touch' },
    ] as const
    const [piece] = await ctx.store.care.add(wishes, true, ctx.clock.now())
    posted.length = 0
    const parcel = await openCourier(ctx)!.pack(piece!.batch)
    if (parcel === null || 'until' in parcel) throw new Error('nothing to send')
    await parcel.send()
    expect(posted.map(({ customer }) => customer.name).toSorted()).toEqual(['=HYPERLINK(1)', '客户6'])
  })
})
