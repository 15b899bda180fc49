import type { Database } from '../../src/store/database.ts'
import { NOON } from './samples.ts'

/** Rows of voices, customers and events as reports meet them, each written in a line. */

const uuid = (kind: number, no: number): string =>
  `00000000-0000-4000-8000-${String(kind).padStart(4, '0')}${String(no).padStart(8, '0')}`

export const customerId = (no: number): string => uuid(1, no)
/** So many days before noon of 1 June. */
export const daysAgo = (days: number): Date => new Date(+NOON - days * 86_400_000)

export interface Voiced {
  readonly customer?: number
  readonly days: number
  readonly site?: string
  readonly text?: string
  readonly nps?: number
  readonly csat?: number
  readonly ces?: number
  readonly rating?: number
  readonly mood?: number
  readonly severity?: number
  /** Topic and strength. */
  readonly topics?: Readonly<Record<string, number>>
  readonly tags?: readonly string[]
  readonly channel?: string
  /** Classes of churn words that count. */
  readonly words?: readonly string[]
}

export async function writeCustomers(
  { pool }: Database,
  rows: readonly {
    no: number
    site?: string
    product?: string
    ltv?: number
    consent?: boolean
    owner?: string
    name?: string
    region?: string
    /** Days before noon of 1 June. */
    bought?: number
  }[],
): Promise<void> {
  for (const { no, site, product, ltv, consent, owner, name, region, bought } of rows) {
    await pool.query(
      `INSERT INTO customer (id, no, name, site, product, ltv_minor, currency, contact_consent, owner, region, first_purchase)
       VALUES ($1, $2, $3, $4, $5, $6, 'CNY', $7, $8, $9, $10)`,
      [
        customerId(no),
        no,
        name ?? `客户${no}`,
        site ?? null,
        product ?? null,
        ltv ?? null,
        consent ?? null,
        owner,
        region ?? null,
        bought === undefined ? null : daysAgo(bought),
      ],
    )
  }
}

/** `from`: the number of the first of them. */
export async function writeVoices({ pool }: Database, rows: readonly Voiced[], from = 0): Promise<void> {
  for (const [index, row] of rows.entries()) {
    const { customer, days, site = null, text = '话', mood = 0, severity = 0, topics = {}, tags = [] } = row
    const { channel = 'review', words = [] } = row
    const [id, at] = [uuid(2, from + index), daysAgo(days)]
    const whose = customer === undefined ? null : customerId(customer)
    await pool.query(
      `INSERT INTO feedback (id, source, source_id, customer, at, channel, text, site, nps, csat, ces, rating)
       VALUES ($1::uuid, 't', $1::text, $2, $3, $10, $4, $5, $6, $7, $8, $9)`,
      [id, whose, at, text, site, row.nps, row.csat, row.ces, row.rating, channel].map(
        (value) => value ?? null,
      ),
    )
    const label = mood <= -0.2 ? 'negative' : mood >= 0.2 ? 'positive' : 'neutral'
    await pool.query(
      `INSERT INTO voice_reading (id, at, customer, site, language, length, strength, label, confidence, topics,
         topic_strengths, tags, urgency, severity, words, corrected, xid, version)
       VALUES ($1, $2, $3, $4, 'zh', $5, $6, $7, 1, $8, $9, $10, 'none', $11, $12, false, 1, 'v')`,
      [
        id,
        at,
        whose,
        site,
        text.length,
        mood,
        label,
        Object.keys(topics),
        Object.values(topics),
        tags,
        severity,
        words,
      ],
    )
  }
}

export async function writeEvents(
  { pool }: Database,
  rows: readonly { customer: number; days: number; kind?: string; amount?: number; site?: string }[],
): Promise<void> {
  for (const [index, { customer, days, kind = 'visit', amount = null, site = null }] of rows.entries()) {
    await pool.query(
      `INSERT INTO event (id, source, source_id, customer, kind, at, amount_minor, currency, site)
       VALUES ($1::uuid, 't', $1::text, $2, $3, $4, $5, 'CNY', $6)`,
      [uuid(3, index), customerId(customer), kind, daysAgo(days), amount, site],
    )
  }
}
