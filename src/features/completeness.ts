import { percentReached as percent, type Text, text } from '../text.ts'

/** How whole the data is, against what scoring needs (SPEC section 1). */

/** How many rows carry a field; `of` is every row that could. */
export interface FieldCount {
  readonly group: QualityGroup
  /** Name for people, such as the attribute's or the event kind's. */
  readonly label: Text
  readonly filled: number
  readonly of: number
}

export type QualityGroup = 'transactions' | 'attributes' | 'attitude' | 'interaction'

export interface QualityInput {
  readonly fields: readonly FieldCount[]
  /** Hours since the newest record of anything; null: there is none. */
  readonly hoursOld: number | null
}

export interface QualityFinding {
  readonly group: QualityGroup | 'freshness'
  /** Share from 0 to 1, or hours; null: nothing to judge by. */
  readonly value: number | null
  readonly target: number
  readonly ok: boolean
  /** Every field that rows could carry, the emptiest first. */
  readonly fields: readonly FieldCount[]
  /** Those that pull the group down. */
  readonly worst: readonly FieldCount[]
  readonly says: Text
}

/** Shares that must be exceeded. */
export const TARGETS: Readonly<Record<QualityGroup, number>> = {
  transactions: 0.95,
  attributes: 0.8,
  attitude: 0.6,
  interaction: 0.9,
}
export const FRESH_HOURS = 24

const NAMES: Readonly<Record<QualityGroup, Text>> = {
  transactions: text('交易完整率', 'Transactions complete'),
  attributes: text('属性完整率', 'Attributes complete'),
  attitude: text('态度覆盖率', 'Customers with a voice'),
  interaction: text('互动准确率', 'Interactions accurate'),
}

/** Judges every group that has rows, and freshness. A group's share is that of all its fields together. */
export function completeness({ fields, hoursOld }: QualityInput): QualityFinding[] {
  const groups = Object.keys(TARGETS) as QualityGroup[]
  return [
    ...groups.map((group) =>
      judge(
        group,
        fields.filter((field) => field.group === group),
      ),
    ),
    fresh(hoursOld),
  ]
}

const WORST = 3

function judge(group: QualityGroup, fields: readonly FieldCount[]): QualityFinding {
  const of = fields.reduce((sum, field) => sum + field.of, 0)
  const target = TARGETS[group]
  if (of === 0) {
    const says = text(`${NAMES[group].zh}：还没有数据。`, `${NAMES[group].en}: no data yet.`)
    return { group, value: null, target, ok: false, fields: [], worst: [], says }
  }
  const value = fields.reduce((sum, field) => sum + field.filled, 0) / of
  const ranked = fields.filter((field) => field.of > 0).sort((a, b) => share(a) - share(b))
  const worst = ranked.filter((field) => share(field) <= target).slice(0, WORST)
  const says = sentence(group, value, target, worst)
  return { group, value, target, ok: value > target, fields: ranked, worst, says }
}

function share({ filled, of }: FieldCount): number {
  return filled / of
}

function sentence(group: QualityGroup, value: number, target: number, worst: readonly FieldCount[]): Text {
  const named = value > target ? [] : worst
  const zh = named.map((field) => `${field.label.zh} ${percent(share(field))}`).join('、')
  const en = named.map((field) => `${field.label.en} ${percent(share(field))}`).join(', ')
  return text(
    `${NAMES[group].zh} ${percent(value)}（目标 ${percent(target)} 以上）${zh === '' ? '' : `，最缺：${zh}`}。`,
    `${NAMES[group].en}: ${percent(value)} (target above ${percent(target)})${en === '' ? '' : `; emptiest: ${en}`}.`,
  )
}

function fresh(hours: number | null): QualityFinding {
  const common = { group: 'freshness', target: FRESH_HOURS, fields: [], worst: [] } as const
  if (hours === null) {
    return { ...common, value: null, ok: false, says: text('还没有任何记录。', 'There are no records yet.') }
  }
  const whole = Math.floor(hours)
  const days = Math.floor(hours / 24)
  return {
    ...common,
    value: hours,
    ok: hours < FRESH_HOURS,
    says: text(
      `最新一条记录在 ${days < 2 ? `${whole} 小时` : `${days} 天`}前（目标 ${FRESH_HOURS} 小时以内）。`,
      `The newest record is ${days < 2 ? `${whole} hours` : `${days} days`} old (target under ${FRESH_HOURS}${days < 2 ? '' : ' hours'}).`,
    ),
  }
}
