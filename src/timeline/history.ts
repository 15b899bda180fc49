import type { AttributeValue, ValueTier } from '../records/record.ts'

/** One kind of event of one customer: a zero-copy slice of the timeline's columns, oldest first. */
export interface EventColumn {
  /** Instants, milliseconds since the epoch. */
  readonly at: Float64Array
  /** One value per event; NaN where the event does not carry the measure. Null: no event carries it. */
  measure(name: string): Float64Array | null
}

/** Something the customer said, recent enough to be read as words. */
export interface Voice {
  readonly id: string
  readonly at: number
  readonly channel: string
  readonly text: string
  readonly rating: number | null
}

/** A value that an attribute had from an instant on (milliseconds, itself included), until the next of its name. */
export interface AttributeSpell {
  readonly name: string
  readonly value: AttributeValue
  readonly from: number
}

/** What is known of the customer apart from what happened. */
export interface CustomerFacts {
  readonly id: string
  /** The dense number people see as C-123. */
  readonly no: number
  readonly name: string | null
  readonly valueTier: ValueTier | null
  /** Lifetime value in minor units; null when neither declared nor estimable. */
  readonly ltvMinor: number | null
  readonly owner: string | null
  readonly region: string | null
  readonly site: string | null
  readonly product: string | null
  /** Day of the first purchase, milliseconds; null when unknown. */
  readonly firstPurchase: number | null
  /** As they are now. */
  readonly attributes: Readonly<Record<string, AttributeValue>>
  /** What they were, oldest first. Absent: they were always as they are, as with customers made up in memory. */
  readonly spells?: readonly AttributeSpell[] | undefined
  /** When any of them began last, told without reading them; minus infinity: none did. Absent: they are to be read. */
  readonly changedAt?: number
}

/** Facts of many: an array's, or what looks at them one by one. */
export interface Facts extends Iterable<CustomerFacts> {
  readonly length: number
  /** Undefined: there is nobody at that place. */
  at(place: number): CustomerFacts | undefined
}

/** A customer as the store knows them, with what only a private answer may show. */
export interface Customer extends CustomerFacts {
  readonly phone: string | null
  readonly contactConsent: boolean | null
  readonly timeZone: string | null
}

/**
 * Everything known about one customer before an instant. Nothing at or after `asOf` can be seen through it,
 * whether it was built from the timeline's columns or straight from rows.
 */
export interface History {
  readonly asOf: number
  /** Attributes as of `asOf`; the other facts as they are now. */
  readonly customer: CustomerFacts
  /** Events of one kind before `asOf`; an empty column when there are none. */
  events(kind: string): EventColumn
  /** How many events of one kind there are before `asOf`; told at once, as the next two are. */
  count(kind: string): number
  /** Instants of the oldest and the newest of them; NaN when there are none. */
  first(kind: string): number
  last(kind: string): number
  /** Voices of the last 180 days before `asOf`, oldest first. */
  readonly voices: readonly Voice[]
  /** A feature of the profile's list as of `asOf`; NaN when unknown. Throws on a name the list does not have. */
  feature(name: string): number
  hasFeature(name: string): boolean
}
