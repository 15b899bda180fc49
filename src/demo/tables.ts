import { localTime, zonedTime } from './calendar.ts'
import { csvLine, yuan } from './csv.ts'
import type { CustomerRow, DayRows, EventRow, FeedbackRow, LoginRow, OrderRow, VisitRow } from './rows.ts'

/** One of the company's systems: where its exports lie and how one row is written. */
export interface Table<Row extends { at: number }> {
  readonly name: keyof Omit<DayRows, 'day'>
  readonly folder: string
  /** File name without the month or day, and its ending. */
  readonly prefix: string
  readonly ending: string
  /** Null: the rows name their own columns. */
  readonly header: readonly string[] | null
  line(row: Row): string
  readonly encoding: 'utf-8' | 'gbk'
  readonly newline: '\n' | '\r\n'
}

const plain = { encoding: 'utf-8', newline: '\n' } as const

export const VISITS: Table<VisitRow> = {
  ...plain,
  name: 'visits',
  folder: 'visits',
  prefix: 'visits-',
  ending: '.csv',
  header: ['visit_id', 'customer_id', 'arrived_at', 'service', 'store', 'amount', 'minutes', 'mileage'],
  line: (row) =>
    csvLine([
      ...[row.id, row.customer, localTime(row.at), row.service, row.store],
      ...[yuan(row.amount), row.minutes, row.mileage],
    ]),
}

/** The workshop system used until the end of 2023: Chinese headers, GBK, slashes in dates. */
export const OLD_VISITS: Table<VisitRow> = {
  ...VISITS,
  folder: 'workshop-old',
  prefix: '工单-',
  header: ['工单号', '客户编号', '进店时间', '项目', '门店', '金额', '用时', '里程'],
  line: (row) =>
    csvLine([
      ...[row.id, row.customer, localTime(row.at).replaceAll('-', '/').slice(0, 16), row.service, row.store],
      ...[yuan(row.amount), row.minutes, row.mileage],
    ]),
  encoding: 'gbk',
  newline: '\r\n',
}

export const LOGINS: Table<LoginRow> = {
  ...plain,
  name: 'logins',
  folder: 'app',
  prefix: 'logins-',
  ending: '.csv.gz',
  header: ['login_id', 'customer_id', 'logged_in_at', 'device'],
  line: (row) => csvLine([row.id, row.customer, localTime(row.at), row.device]),
}

export const ORDERS: Table<OrderRow> = {
  ...plain,
  name: 'orders',
  folder: 'orders',
  prefix: 'orders-',
  ending: '.csv',
  header: ['order_no', 'customer_id', 'ordered_at', 'type', 'item', 'quantity', 'amount'],
  line: (row) =>
    csvLine([row.id, row.customer, localTime(row.at), row.sort, row.item, row.quantity, yuan(row.amount)]),
}

export const EVENTS: Table<EventRow> = {
  ...plain,
  name: 'events',
  folder: 'events',
  prefix: 'events-',
  ending: '.csv',
  header: ['event_id', 'customer_id', 'occurred_at', 'type', 'detail', 'store'],
  line: (row) => csvLine([row.id, row.customer, localTime(row.at), row.type, row.detail, row.store]),
}

export const FEEDBACK: Table<FeedbackRow> = {
  ...plain,
  name: 'feedback',
  folder: 'feedback',
  prefix: 'feedback-',
  ending: '.ndjson',
  header: null,
  line: (row) =>
    JSON.stringify({
      id: row.id,
      customer_id: row.customer,
      created_at: zonedTime(row.at),
      channel: row.channel,
      text: row.text,
      lang: row.language,
      score: { rating: row.rating, nps: row.nps },
      store: row.store,
      model: row.model,
    }),
}

export const CUSTOMER_COLUMNS = [
  ...['customer_id', 'name', 'phone', 'value_tier', 'ltv', 'owner', 'region', 'store', 'model'],
  ...['first_purchase', 'language', 'contact_consent', 'warranty_end', 'warranty_renewed', 'distance_km'],
  ...['mileage', 'usage'],
] as const

const TIER_WORDS = { high: '高', mid: '中', low: '低' } as const

export function customerLine(row: CustomerRow): string {
  return csvLine([
    ...[row.id, row.name, row.phone, TIER_WORDS[row.valueTier], yuan(row.ltv), row.owner, row.region],
    ...[row.store, row.model, row.firstPurchase, row.language, row.consent ? '是' : '否', row.warrantyEnd],
    ...[row.warrantyRenewed ? '是' : '否', row.distanceKm, row.mileage, row.usage],
  ])
}
