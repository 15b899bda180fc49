import { randomUUID } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import { randomIds } from '../../src/ids.ts'
import type { Person, Role } from '../../src/records/person.ts'
import type { CustomerRecord, EventRecord, FeedbackRecord, SourceRecord } from '../../src/records/record.ts'
import type { AlertTier, Assessment } from '../../src/risk/assessment.ts'
import { settingsFrom } from '../../src/settings/settings.ts'
import type { Batch } from '../../src/sources/source.ts'
import type { NewAlert } from '../../src/store/alerts.ts'
import type { Asked, CaseRules } from '../../src/store/cases.ts'
import type { Database } from '../../src/store/database.ts'
import type { Store } from '../../src/store/store.ts'
import { openStore } from '../../src/store/store.ts'
import { same } from '../../src/text.ts'
import type { CustomerFacts } from '../../src/timeline/history.ts'
import type { TestPlace } from '../places.ts'
import { openTestDatabase } from '../places.ts'

export const NOON = new Date('2026-06-01T04:00:00.000Z')

/** So many minutes after noon. */
export function minutes(count: number): Date {
  return new Date(NOON.getTime() + count * 60_000)
}

export async function openTestStore(where: TestPlace): Promise<{ database: Database; store: Store }> {
  const database = await openTestDatabase(where)
  return { database, store: openStore(database, randomIds, 'CNY') }
}

/** Everyone's facts as the timeline is handed them. */
export async function everyoneIn({ timeline }: Store): Promise<CustomerFacts[]> {
  const all: CustomerFacts[] = []
  for await (const page of timeline.everyone()) all.push(...page)
  return all
}

export function customerRecord(id: string, more: Partial<CustomerRecord> = {}): CustomerRecord {
  return { type: 'customer', sourceId: id, keys: [{ kind: 'crm', value: id }], attributes: {}, ...more }
}

export function eventRecord(id: string, customer: string, more: Partial<EventRecord> = {}): EventRecord {
  const at = new Date('2026-05-01T02:00:00.000Z')
  return {
    type: 'event',
    sourceId: id,
    customer: { kind: 'crm', value: customer },
    kind: 'visit',
    at,
    ...more,
  }
}

export function feedbackRecord(id: string, more: Partial<FeedbackRecord> = {}): FeedbackRecord {
  const at = new Date('2026-05-02T02:00:00.000Z')
  return { type: 'feedback', sourceId: id, at, channel: 'review', text: '服务很好', ...more }
}

export function batchOf(records: readonly SourceRecord[], more: Partial<Batch> = {}): Batch {
  const progress = { file: 'visits.csv', bytes: 1, totalBytes: 1, rows: records.length }
  return { records, rejected: [], cursor: { page: 1 }, progress, ...more }
}

export function assessmentOf(customer: string, more: Partial<Assessment> = {}): Assessment {
  return {
    customer,
    asOf: NOON.getTime(),
    tier: 'P1',
    reason: 'two-signals',
    signals: ['words'],
    score: 0.7,
    priority: 10,
    highValue: true,
    cause: 'service',
    readings: [],
    factors: [],
    profile: 'auto@1',
    model: 'rules',
    horizon: NOON.getTime(),
    ...more,
  }
}

export function newAlert(customer: string, tier: AlertTier = 'P1', more: Partial<NewAlert> = {}): NewAlert {
  const assessment = assessmentOf(customer, { tier })
  return {
    customer,
    tier,
    trigger: 'risk',
    previous: null,
    assignee: null,
    openedAt: NOON,
    assessment,
    ...more,
  }
}

export const RULES: CaseRules = {
  ...settingsFrom(new Map(), 'Asia/Shanghai'),
  route: (tier) => [
    { chat: 'console', channel: 'alerts' },
    ...(tier === 'P0' ? [{ chat: 'console', channel: 'retention' }] : []),
  ],
}

export function person(id: string, role: Role = 'csm'): Person {
  return {
    id,
    name: same(id),
    role,
    locale: 'zh',
    timeZone: 'Asia/Shanghai',
    lead: null,
    substitute: null,
    region: null,
  }
}

export function askedBy(who: Person | null, request: string | null = null): Asked {
  return { person: who, via: 'console/alerts', request, note: '' }
}

/** Opens a case for a customer nobody else has. */
export function openCase(store: Store, tier: AlertTier = 'P1', more: Partial<NewAlert> = {}) {
  return store.transaction((tables) => tables.cases.open(newAlert(randomUUID(), tier, more), RULES, 'fresh'))
}

/** What a table holds, each row in full with its writing transaction and place: any write shows. */
export async function rowsOf(database: Database, table: string): Promise<string[]> {
  const { rows } = await database.pool.query<{ digest: string }>(
    `SELECT concat_ws('|', t.xmin::text, t.ctid::text, t::text) AS digest FROM ${table} t ORDER BY 1`,
  )
  return rows.map((row) => row.digest)
}

/**
 * A mark after which nothing has been written. Other suites share the server: while their transactions run, marks
 * stay behind them.
 */
export async function settledMark(store: Store): Promise<string> {
  for (let round = 0; round < 1_000; round += 1) {
    const { mark } = await store.timeline.changed(null)
    if ((await changedSince(store, mark)).length === 0) return mark
    await setTimeout(10)
  }
  throw new Error('the server was never quiet')
}

/** Customers of whom anything changed since a mark, each once. */
export async function changedSince(store: Pick<Store, 'timeline'>, mark: string): Promise<string[]> {
  const { customers } = await store.timeline.changed(mark)
  const { whole, facts, added } = customers!
  return [...new Set([...whole, ...facts, ...added])]
}
