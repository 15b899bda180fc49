import { CLOSED } from '../alerts/alert.ts'
import { digestsNow } from './audit.ts'
import { keyDigest } from './erased.ts'
import { Prisma } from './generated/client.ts'
import { forgetInRecord, forgetInStorms, forgetWhatWasSeen } from './named.ts'
import type { Db } from './rows.ts'

/** What is kept of one person: all of it to hand over, or none of it any more. */
export interface PersonTable {
  /** Everything kept of a customer as plain data, oldest first; null: there is no such customer. */
  everything(id: string): Promise<object | null>
  /** Numbers of their cases that are not closed. */
  openCases(id: string): Promise<number[]>
  /**
   * Removes what a customer is known by, did and said. Their cases stay, without names, words and reasons, so that figures
   * hold; so do who kept them, their store and region.
   */
  erase(id: string, at: Date): Promise<Erased>
}

export interface Erased {
  readonly no: number
  readonly events: number
  readonly voices: number
  /** Their cases, whose cards are to be drawn anew. */
  readonly cases: readonly {
    readonly id: string
    readonly version: number
    readonly tier: 'P0' | 'P1' | 'P2'
  }[]
  /** Storms in which they spoke, or whose note named them; their cards are to be drawn anew too. */
  readonly storms: readonly { readonly id: string; readonly version: number }[]
  /** New digests of entries of the sealed record whose words went, by id. */
  readonly changed: Readonly<Record<string, string>>
}

export function personTable(db: Db): PersonTable {
  return {
    everything: async (id) => {
      const [row] = await db.$queryRaw<{ body: object }[]>(everythingOf(id))
      return row?.body ?? null
    },
    openCases: async (id) => {
      const open = await db.alert.findMany({
        where: { customer: id, state: { notIn: [...CLOSED] } },
        select: { no: true },
      })
      return open.map(({ no }) => no)
    },
    erase: (id, at) => erase(db, id, at),
  }
}

function everythingOf(id: string) {
  const list = (table: string, order: string, where = Prisma.sql`t.customer = ${id}::uuid`) =>
    Prisma.sql`(SELECT coalesce(jsonb_agg(to_jsonb(t) - 'xid' - 'seq' ORDER BY ${Prisma.raw(order)}), '[]') FROM ${Prisma.raw(table)} t WHERE ${where})`
  const cases = Prisma.sql`t.alert IN (SELECT a.id FROM alert a WHERE a.customer = ${id}::uuid)`
  const parts = Prisma.sql`ARRAY (SELECT p.id FROM customer_part p WHERE p.customer = ${id}::uuid) || ${id}::uuid`
  return Prisma.sql`SELECT jsonb_build_object(
    'customer', to_jsonb(c) - 'xid',
    'keys', ${list('customer_key', 't.kind, t.value')},
    'attributes', ${list('customer_attribute', 't.valid_from, t.name')},
    'events', ${list('event', 't.at, t.id')},
    'voices', ${list('feedback', 't.at, t.id')},
    'parts', ${list('customer_part', 't.no')},
    'partAttributes', ${list('part_attribute', 't.valid_from, t.name', Prisma.sql`t.customer = ANY (${parts})`)},
    'told', ${list('customer_told', 't.customer', Prisma.sql`t.customer = ANY (${parts})`)},
    'merges', ${list('customer_merge', 't.at, t.id', Prisma.sql`t.stays = ANY (${parts}) OR t.absorbed = ANY (${parts})`)},
    'readings', ${list('voice_reading', 't.at, t.id')},
    'labels', ${list('voice_label', 't.at, t.id')},
    'assessments', ${list('assessment', 't.as_of', Prisma.sql`t.customer = ANY (${parts})`)},
    'draws', ${list('holdout_draw', 't.at', Prisma.sql`t.customer = ANY (${parts})`)},
    'care', ${list('care', 't.at, t.id', Prisma.sql`t.customer = ANY (${parts})`)},
    'cases', ${list('alert', 't.no')},
    'actions', ${list('action', 't.at, t.seq', cases)}) AS body
    FROM customer c WHERE c.id = ${id}::uuid`
}

async function erase(db: Db, id: string, at: Date): Promise<Erased> {
  const customer = await db.customer.findUniqueOrThrow({ where: { id } })
  const keys = await db.customerKey.findMany({ where: { customer: id } })
  const parts = await db.customerPart.findMany({ where: { customer: id } })
  const cases = await db.alert.findMany({ where: { customer: id }, select: { id: true } })
  const alerts = cases.map((each) => each.id)
  // What was overheard was typed in by a colleague, and stands in their chat as well.
  const heard = await db.feedback.findMany({
    where: { customer: id, channel: 'heard' },
    select: { text: true },
  })
  const known = [
    ...[customer.name, customer.phone, ...keys.map(({ value }) => value)],
    ...parts.flatMap(({ fields }) => namesIn(fields)),
    ...heard.map(({ text }) => text),
  ].filter(isTelling)
  const short = keys.map(({ value }) => value).filter((value) => !isTelling(value) && SHORT_ID.test(value))

  await db.erasedKey.createMany({
    data: keys.map((key) => ({ digest: keyDigest(key), at })),
    skipDuplicates: true,
  })
  const ids = [id, ...parts.map((part) => part.id)]
  const numbers = [`C-${customer.no}`, ...parts.map(({ no }) => `C-${no}`)]
  await forgetWhatWasSeen(db, { words: known, ids: [...numbers, ...short] }, alerts)
  const storms = await forgetInStorms(db, id, known, at)
  const { count: events } = await db.event.deleteMany({ where: { customer: id } })
  const { count: voices } = await forgetVoices(db, id)
  await db.customerKey.deleteMany({ where: { customer: id } })
  await db.customerAttribute.deleteMany({ where: { customer: id } })
  await db.assessment.deleteMany({ where: { customer: { in: ids } } })
  await db.partAttribute.deleteMany({ where: { customer: { in: ids } } })
  await db.customerTold.deleteMany({ where: { customer: { in: ids } } })
  await db.customerPart.deleteMany({ where: { customer: id } })
  // What was merged cannot be split any more.
  await db.customerMerge.deleteMany({ where: { OR: [{ stays: { in: ids } }, { absorbed: { in: ids } }] } })
  await db.stormChild.deleteMany({ where: { customer: id } })
  await db.toJudge.deleteMany({ where: { customer: id } })
  await db.$executeRaw`
    UPDATE customer SET name = NULL, value_tier = NULL, ltv_minor = NULL, currency = NULL, product = NULL,
      first_purchase = NULL, language = NULL, time_zone = NULL, contact_consent = false, phone = NULL, attributes = '{}',
      xid = (pg_current_xact_id()::text)::bigint
    WHERE id = ${id}::uuid`
  await db.customerTouched.create({ data: { customer: id } })
  const { cases: emptied, noted } = await emptyCases(db, id, alerts)
  const changed = await digestsNow(db, [...noted, ...(await forgetInRecord(db, known))])
  return { no: customer.no, events, voices, cases: emptied, storms, changed }
}

/** What a part of a merged customer is called and dialled by. */
function namesIn(fields: unknown): (string | null)[] {
  const { name = null, phone = null } = fields as { name?: string | null; phone?: string | null }
  return [name, phone]
}

/** Found as a word of its own; a bare number would be found everywhere. */
const SHORT_ID = /^(?=.*[a-z])[a-z0-9]{2,}$/i

/** Too short a word would be found in everybody's rows. */
function isTelling(words: string | null): words is string {
  return words !== null && [...words].length >= (/\p{Script=Han}/u.test(words) ? 2 : 4)
}

async function forgetVoices(db: Db, id: string): Promise<{ readonly count: number }> {
  const voices = await db.feedback.findMany({ where: { customer: id }, select: { id: true } })
  const where = { id: { in: voices.map((voice) => voice.id) } }
  await db.voiceReading.deleteMany({ where })
  await db.voiceText.deleteMany({ where })
  await db.voiceLabel.deleteMany({ where })
  return db.feedback.deleteMany({ where })
}

/** Cases keep who did what when and how they ended. */
async function emptyCases(
  db: Db,
  customer: string,
  alerts: readonly string[],
): Promise<{ readonly cases: Erased['cases']; readonly noted: readonly string[] }> {
  const cases = await db.$queryRaw<Erased['cases']>`
    UPDATE alert SET version = version + 1, baseline = NULL,
      assessment = (assessment || '{"readings": [], "factors": []}') - 'beats' - 'lever' - 'stage',
      outcome = outcome || '{"action": "—", "reply": ""}'
    WHERE customer = ${customer}::uuid RETURNING id::text AS id, version, tier`
  const noted = await db.action.findMany({
    where: { alert: { in: [...alerts] }, note: { not: '' }, by: { not: 'foreshock' } },
    select: { id: true },
  })
  const ids = noted.map((action) => action.id)
  await db.action.updateMany({ where: { alert: { in: [...alerts] } }, data: { before: Prisma.DbNull } })
  await db.action.updateMany({ where: { id: { in: ids } }, data: { note: '' } })
  return { cases, noted: ids }
}
