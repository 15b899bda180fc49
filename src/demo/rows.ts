import type { CalendarDay, ValueTier } from '../records/record.ts'

/** What the company's own systems record on one day. Instants are milliseconds, money is fen (minor units). */
export interface DayRows {
  readonly day: CalendarDay
  readonly visits: VisitRow[]
  readonly logins: LoginRow[]
  readonly orders: OrderRow[]
  readonly events: EventRow[]
  readonly feedback: FeedbackRow[]
}

export interface VisitRow {
  readonly id: string
  readonly customer: string
  readonly at: number
  readonly service: string
  readonly store: string
  readonly amount: number
  readonly minutes: number
  readonly mileage: number
}

export interface LoginRow {
  readonly id: string
  readonly customer: string
  readonly at: number
  readonly device: string
}

export interface OrderRow {
  readonly id: string
  readonly customer: string
  readonly at: number
  readonly sort: '购买' | '退款'
  readonly item: string
  readonly quantity: number
  readonly amount: number
}

export interface EventRow {
  readonly id: string
  readonly customer: string
  readonly at: number
  readonly type: string
  readonly detail: string
  readonly store: string
}

export interface FeedbackRow {
  readonly id: string
  readonly customer: string
  readonly at: number
  readonly channel: 'ticket' | 'chat' | 'survey' | 'review' | 'social' | 'call'
  readonly text: string
  readonly language: 'zh' | 'en'
  readonly rating: number | null
  readonly nps: number | null
  readonly store: string
  readonly model: string
}

/** One line of the CRM's export, as it stands on a day. */
export interface CustomerRow {
  readonly id: string
  readonly name: string
  readonly phone: string
  readonly valueTier: ValueTier
  readonly ltv: number
  readonly owner: string
  readonly region: string
  readonly store: string
  readonly model: string
  readonly firstPurchase: CalendarDay
  readonly language: 'zh' | 'en'
  readonly consent: boolean
  readonly warrantyEnd: CalendarDay
  readonly warrantyRenewed: boolean
  readonly distanceKm: number
  readonly mileage: number
  readonly usage: string
}

export function emptyRows(day: CalendarDay): DayRows {
  return { day, visits: [], logins: [], orders: [], events: [], feedback: [] }
}
