import { isAuthorised } from '../features/facts.ts'
import type { Profile } from '../features/profile.ts'
import type { GroupedBy } from '../learning/drift.ts'
import type { CustomerFacts } from '../timeline/history.ts'

/** Customers by everything a forecast must be fair in: of each, the group it is in; null: not known. */
export interface Grouping {
  readonly by: GroupedBy
  readonly groups: readonly (string | null)[]
}

/** Parts that numbers fall into, each with about as many customers. */
const PARTS = 4

/** By region, by product, and by what the profile keeps for this alone, such as sex or year of birth. */
export function groupingsOf(facts: readonly CustomerFacts[], { attributes = {} }: Profile): Grouping[] {
  const kept = Object.entries(attributes).filter(([, { use }]) => use === 'bias')
  return [
    { by: 'region', groups: facts.map(({ region }) => region) },
    { by: 'product', groups: facts.map(({ product }) => product) },
    ...kept.map(([name, { zh, en, authorisedBy }]) => {
      const values = facts.map(({ attributes: own }) =>
        Object.hasOwn(own, name) && isAuthorised(own, authorisedBy) ? own[name]! : null,
      )
      return { by: { zh, en }, groups: named(values) }
    }),
  ]
}

/** Words name their group; of days their year counts, and numbers fall into parts: "1971–1984". */
function named(values: readonly (string | number | boolean | null)[]): (string | null)[] {
  const numbers = values.map((value) => {
    if (typeof value === 'number') return value
    return typeof value === 'string' && /^\d{4}(-\d{2}-\d{2})?$/.test(value)
      ? Number(value.slice(0, 4))
      : null
  })
  const known = numbers.filter((value) => value !== null).sort((a, b) => a - b)
  const edges = Array.from(
    { length: PARTS - 1 },
    (_, part) => known[Math.floor(((part + 1) * known.length) / PARTS)]!,
  )
  const partOf = (value: number) => edges.filter((edge) => edge <= value).length
  const spans = new Map<number, [number, number]>()
  for (const value of known) {
    const part = partOf(value)
    spans.set(part, [spans.get(part)?.[0] ?? value, value])
  }
  return values.map((value, at) => {
    const number = numbers[at] ?? null
    if (number === null) return value === null ? null : String(value)
    const [least, most] = spans.get(partOf(number))!
    return least === most ? String(least) : `${least}–${most}`
  })
}
