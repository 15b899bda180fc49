import { DAY } from '../clock.ts'
import type { Text } from '../text.ts'
import { text } from '../text.ts'
import type { CustomerFacts } from '../timeline/history.ts'
import { factsAt } from './attributes.ts'
import { type Columns, firstFrom, VOICE } from './columns.ts'
import type { FieldCount, QualityGroup } from './completeness.ts'
import type { Profile } from './profile.ts'

const YEAR = 365 * DAY

interface Field {
  readonly label: Text
  readonly has: (facts: CustomerFacts) => boolean
}

/** Fields of a customer that every profile has use for. */
const FACTS: readonly Field[] = [
  { label: text('姓名', 'name'), has: ({ name }) => name !== null },
  { label: text('负责人', 'owner'), has: ({ owner }) => owner !== null },
  { label: text('地区', 'region'), has: ({ region }) => region !== null },
  { label: text('门店', 'site'), has: ({ site }) => site !== null },
  { label: text('产品', 'product'), has: ({ product }) => product !== null },
  { label: text('首次购买日期', 'first purchase'), has: ({ firstPurchase }) => firstPurchase !== null },
]

/**
 * Counts what is filled, from the timeline as of an instant: amounts of the last year's transactions, customers'
 * fields and attributes (but those that no customer has: they are not connected, which is another matter), and who of
 * those active in the last year has been heard in it. What was refused at the door is not in the timeline; `accepted` and `refused` rows (of the interaction sources) come from the pull's reports.
 */
export function fieldCounts(
  columns: Columns,
  profile: Profile,
  asOf: number,
  rows: { readonly accepted: number; readonly refused: number } = { accepted: 0, refused: 0 },
): FieldCount[] {
  const count = (group: QualityGroup, label: Text, filled: number, of: number): FieldCount => ({
    group,
    label,
    filled,
    of,
  })
  const then = columns.facts.map((one) => factsAt(one, asOf))
  return [
    ...moneyKinds(profile).map((kind) => {
      const [filled, of] = amounts(columns, kind, asOf)
      return count('transactions', labelOf(profile, kind), filled, of)
    }),
    ...attributeFields(profile)
      .map(({ label, has }) => count('attributes', label, then.filter(has).length, columns.size))
      .filter(({ filled }) => filled > 0),
    count('attitude', text('有反馈的活跃客户', 'active customers heard'), ...heard(columns, profile, asOf)),
    count('interaction', text('可用的行', 'usable rows'), rows.accepted, rows.accepted + rows.refused),
  ]
}

function attributeFields({ attributes = {} }: Profile): Field[] {
  const declared = Object.entries(attributes).map(([name, { zh, en }]) => ({
    label: { zh, en },
    has: (facts: CustomerFacts) => Object.hasOwn(facts.attributes, name),
  }))
  return [...FACTS, ...declared]
}

/** Kinds whose amounts some feature adds up: only those need one. */
function moneyKinds({ aggregates }: Profile): string[] {
  return [...new Set(aggregates.flatMap(({ kind, measure }) => (measure === 'amount' ? [kind] : [])))]
}

function labelOf({ kinds }: Profile, kind: string): Text {
  const label = kinds[kind]
  return label === undefined ? text(kind, kind) : { zh: label.zh, en: label.en }
}

function amounts({ blocks }: Columns, kind: string, asOf: number): [filled: number, of: number] {
  const block = blocks.get(kind)
  if (block === undefined) return [0, 0]
  const values = block.measures.get('amount')
  let [filled, of] = [0, 0]
  block.at.forEach((instant, row) => {
    if (instant >= asOf || instant < asOf - YEAR) return
    of += 1
    if (values !== undefined && !Number.isNaN(values[row]!)) filled += 1
  })
  return [filled, of]
}

function heard(columns: Columns, { churn, rhythm }: Profile, asOf: number): [filled: number, of: number] {
  const kinds = [...new Set([...churn.kinds, rhythm.kind])]
  let [filled, of] = [0, 0]
  for (let customer = 0; customer < columns.size; customer += 1) {
    if (!kinds.some((kind) => hasWithinYear(columns, kind, customer, asOf))) continue
    of += 1
    if (hasWithinYear(columns, VOICE, customer, asOf)) filled += 1
  }
  return [filled, of]
}

function hasWithinYear({ blocks }: Columns, kind: string, customer: number, asOf: number): boolean {
  const block = blocks.get(kind)
  if (block === undefined) return false
  const end = block.offsets[customer + 1]!
  const first = firstFrom(block.at, block.offsets[customer]!, end, asOf - YEAR)
  return first < end && block.at[first]! < asOf
}
