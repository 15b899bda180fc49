import type { Ranges } from '../features/ranges.ts'
import { meantBy } from '../nearest.ts'
import { ownValue } from '../own-value.ts'
import { parseAmountOfTime, parseNumber } from '../records/decimal.ts'
import { parseFlag } from '../records/flag.ts'
import { parseId, parsePhone } from '../records/key.ts'
import { parseChannel, parseValueTier } from '../records/label.ts'
import { type Calendar, checkPast, parseDay, parseInstant } from '../records/moment.ts'
import { parseMoney } from '../records/money.ts'
import { bad, good, type Parsed, quoted, type Refused } from '../records/parsed.ts'
import type {
  CalendarDay,
  CustomerRecord,
  EventRecord,
  FeedbackRecord,
  SourceRecord,
} from '../records/record.ts'
import { parseNps } from '../records/score.ts'
import { isTimeZone } from '../records/zone.ts'
import { text } from '../text.ts'
import {
  always,
  attributesReader,
  customerOf,
  keysReader,
  label,
  optional,
  type Parse,
  ratingOf,
  required,
  words,
} from './field.ts'
import { type Cells, type Reader, together } from './row.ts'
import type { CustomerMapping, EventMapping, FeedbackMapping, RowMapping } from './row-mapping.ts'
import { strangeAttribute, strangeEvent } from './within.ts'

/** What turning a row into a record depends on besides the mapping. */
export interface Rules extends Calendar {
  readonly now: Date
  readonly currency: string
  /** Event kinds of the profile. */
  readonly kinds: ReadonlySet<string>
  /** What numbers can be, by the profile; absent: anything. */
  readonly ranges?: Ranges | undefined
}

/** Turns rows into records. `rowId` names a row whose mapping gives it no id of its own. */
export type ToRecord = (cells: Cells, rowId: () => string) => Parsed<SourceRecord>

/** Binds the mapping to the columns of a file. Pure: the same row gives the same record or the same reason. */
export function toRecord(mapping: RowMapping, columns: readonly string[], rules: Rules): ToRecord {
  const read = readerOf(mapping, columns, rules)
  const readId = mapping.fields.id === undefined ? null : required('id', mapping.fields.id, columns, parseId)
  return (cells, rowId) => {
    const body = read(cells)
    if ('reason' in body) return body
    const id = readId === null ? good(rowId()) : readId(cells)
    if ('reason' in id) return id
    return good({ ...body.value, sourceId: id.value } as SourceRecord)
  }
}

function readerOf(
  mapping: RowMapping,
  columns: readonly string[],
  rules: Rules,
): Reader<Omit<SourceRecord, 'sourceId'>> {
  if (mapping.record === 'customer') return customerReader(mapping, columns, rules)
  if (mapping.record === 'event') return eventReader(mapping, columns, rules)
  return feedbackReader(mapping, columns, rules)
}

function customerReader(mapping: CustomerMapping, columns: readonly string[], rules: Rules) {
  const { fields } = mapping
  const read = together<Omit<CustomerRecord, 'sourceId'>>({
    type: always('customer'),
    keys: keysReader(fields.keys, columns),
    at: optional('date', fields.at, columns, pastInstant(rules)),
    name: label('name', fields.name, columns),
    valueTier: optional('valueTier', fields.valueTier, columns, parseValueTier),
    ltv: optional('ltv', fields.ltv, columns, moneyIn(rules.currency)),
    owner: label('owner', fields.owner, columns),
    region: label('region', fields.region, columns),
    site: label('site', fields.site, columns),
    product: label('product', fields.product, columns),
    firstPurchase: optional('firstPurchase', fields.firstPurchase, columns, pastDay(rules)),
    language: label('language', fields.language, columns),
    timeZone: optional('timeZone', fields.timeZone, columns, parseZone),
    contactConsent: optional('contactConsent', fields.contactConsent, columns, parseFlag),
    phone: optional('phone', fields.phone, columns, (_, words) => parsePhone(words)),
    attributes: attributesReader(fields.attributes ?? {}, columns, rules),
  })
  return sound(read, rules, ({ attributes }, ranges) => strangeAttribute(attributes, ranges))
}

function eventReader(mapping: EventMapping, columns: readonly string[], rules: Rules) {
  const { fields } = mapping
  const read = together<Omit<EventRecord, 'sourceId'>>({
    type: always('event'),
    customer: customerOf(
      fields.customer,
      columns,
      text('每个事件都要有客户', 'every event needs its customer'),
    ),
    kind: required('kind', fields.kind, columns, kindIn(rules.kinds, mapping.kinds ?? {})),
    at: required('date', fields.at, columns, pastInstant(rules)),
    amount: optional('amount', fields.amount, columns, moneyIn(rules.currency)),
    quantity: optional('quantity', fields.quantity, columns, parseNumber),
    duration: optional('duration', fields.duration, columns, parseAmountOfTime),
    site: label('site', fields.site, columns),
  })
  return sound(read, rules, strangeEvent)
}

/** A row whose numbers can be. */
function sound<T>(
  read: Reader<T>,
  { ranges }: Rules,
  strange: (value: T, ranges: Ranges) => Refused | null,
): Reader<T> {
  if (ranges === undefined) return read
  return (cells) => {
    const row = read(cells)
    return 'reason' in row ? row : (strange(row.value, ranges) ?? row)
  }
}

function feedbackReader(mapping: FeedbackMapping, columns: readonly string[], rules: Rules) {
  const { fields } = mapping
  const channels = mapping.channels ?? {}
  const read = together<Omit<FeedbackRecord, 'sourceId'>>({
    type: always('feedback'),
    customer: fields.customer === undefined ? always(undefined) : customerOf(fields.customer, columns, null),
    at: required('date', fields.at, columns, pastInstant(rules)),
    channel: required('channel', fields.channel, columns, (what, words) =>
      parseChannel(what, meaning(channels, words)),
    ),
    text: words(fields.text, columns),
    language: label('language', fields.language, columns),
    rating: ratingOf('rating', fields.rating, columns),
    nps: optional('nps', fields.nps, columns, parseNps),
    csat: ratingOf('csat', fields.csat, columns),
    ces: ratingOf('ces', fields.ces, columns),
    site: label('site', fields.site, columns),
    product: label('product', fields.product, columns),
  })
  return (cells: Cells): ReturnType<typeof read> => {
    const voice = read(cells)
    if ('reason' in voice) return voice
    const { text: said, rating, nps, csat, ces } = voice.value
    const silent = said === '' && [rating, nps, csat, ces].every((score) => score === undefined)
    return silent
      ? bad(
          '这一行既没有文字也没有评分；请补上一项，或去掉这一行',
          'the row has neither words nor a score; fill one in or leave the row out',
        )
      : voice
  }
}

function moneyIn(currency: string) {
  return (what: string, written: string) => parseMoney(what, written, currency)
}

function pastInstant(rules: Rules): Parse<Date> {
  return (what, written) => {
    const instant = parseInstant(what, written, rules)
    return 'reason' in instant ? instant : checkPast(what, instant.value, rules.now, rules.timeZone)
  }
}

function pastDay(rules: Rules): Parse<CalendarDay> {
  return (what, written) => {
    const instant = pastInstant(rules)(what, written)
    return 'reason' in instant ? instant : parseDay(what, written, rules)
  }
}

function kindIn(kinds: ReadonlySet<string>, meanings: Readonly<Record<string, string>>): Parse<string> {
  return (what, written) => {
    const kind = meaning(meanings, written)
    if (kinds.has(kind)) return good(kind)
    const all = [...kinds].join(', ')
    const meant = meantBy(kind, kinds)
    return bad(
      `${what} ${quoted(kind)} 不是档案里的事件类型：${all}；请在 \`kinds\` 里对应。${meant.zh}`,
      `${what} ${quoted(kind)} is not one of the profile's kinds: ${all}; translate it under \`kinds\`.${meant.en}`,
    )
  }
}

function meaning(meanings: Readonly<Record<string, string>>, written: string): string {
  const word = written.trim()
  return ownValue(meanings, word) ?? word
}

function parseZone(what: string, written: string): Parsed<string> {
  const name = written.trim()
  return isTimeZone(name)
    ? good(name)
    : bad(
        `${what} ${quoted(written)} 不是 IANA 时区名，例如 Asia/Shanghai`,
        `${what} ${quoted(written)} is not an IANA time zone, such as Asia/Shanghai`,
      )
}
