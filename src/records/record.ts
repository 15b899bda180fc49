/** A stable name for a customer in some system: `{ kind: 'crm', value: '10042' }`, phone, e-mail, VIN, ... */
export interface CustomerKey {
  readonly kind: string
  readonly value: string
}

/** An amount in safe-integer minor units (cents, 分) of an ISO 4217 currency. */
export interface Money {
  readonly minor: number
  readonly currency: string
}

/** A calendar day, `YYYY-MM-DD`. */
export type CalendarDay = string

export type ValueTier = 'high' | 'mid' | 'low'
export type AttributeValue = string | number | boolean

/** What a source knows of a customer. Absent fields say nothing; they never erase what is stored. */
export interface CustomerRecord {
  readonly type: 'customer'
  readonly sourceId: string
  /** Identity keys, at least one; the first names the customer when it has to be created. */
  readonly keys: readonly CustomerKey[]
  readonly name?: string
  readonly valueTier?: ValueTier
  readonly ltv?: Money
  /** Id of the person who owns the customer (config `people`). */
  readonly owner?: string
  readonly region?: string
  readonly site?: string
  readonly product?: string
  readonly firstPurchase?: CalendarDay
  readonly language?: string
  readonly timeZone?: string
  readonly contactConsent?: boolean
  /** Phone, for the claim's call step; masked wherever a channel can read it. */
  readonly phone?: string
  /** Since when the attributes are as they are here; absent: since they are first read. */
  readonly at?: Date
  readonly attributes: Readonly<Record<string, AttributeValue>>
}

/** Something a customer did. `kind` is one of the profile's event kinds (visit, login, order, ...). */
export interface EventRecord {
  readonly type: 'event'
  readonly sourceId: string
  readonly customer: CustomerKey
  readonly kind: string
  readonly at: Date
  readonly amount?: Money
  readonly quantity?: number
  /** Minutes. */
  readonly duration?: number
  readonly site?: string
}

/** `heard`: a colleague overheard it and passed it on. */
export type VoiceChannel = 'ticket' | 'chat' | 'survey' | 'review' | 'social' | 'call' | 'heard'

/** Something a customer said. Ratings are on a 0-10 scale whatever the source's own scale was. */
export interface FeedbackRecord {
  readonly type: 'feedback'
  readonly sourceId: string
  /** Absent when the author is unknown: the voice is kept, no customer is scored by it. */
  readonly customer?: CustomerKey
  readonly at: Date
  readonly channel: VoiceChannel
  readonly text: string
  readonly language?: string
  readonly rating?: number
  readonly nps?: number
  readonly csat?: number
  readonly ces?: number
  readonly site?: string
  readonly product?: string
}

export type SourceRecord = CustomerRecord | EventRecord | FeedbackRecord
