import type { CustomerKey } from './record.ts'

/** `waiting`: both have an open case, or the next pull will see to it; `apart`: they were split and are not merged again. */
export type MergeState = 'waiting' | 'merged' | 'apart'

/** Two customers whom a record named by keys of both. */
export interface Merge {
  readonly id: string
  readonly state: MergeState
  /** Since when, and by whom: a person's id or 'foreshock'. */
  readonly at: Date
  readonly by: string
  /** Whose number stays, and who became a part of them; while they wait, in any order. */
  readonly stays: MergedOne
  readonly absorbed: MergedOne
  /** The key that both have, and the source that said so. */
  readonly key: CustomerKey
  readonly source: string
  /** Of those who are not merged: numbers of their open cases; with two, they cannot be. */
  readonly openCases: readonly number[]
}

export interface MergedOne {
  readonly no: number
  readonly name: string | null
}

/** Two who are linked, as they stand now. */
export interface Linked {
  readonly id: string
  readonly one: Standing
  readonly other: Standing
  /** A person has split them. */
  readonly areApart: boolean
}

export interface Standing {
  readonly customer: string
  readonly no: number
  readonly hasCase: boolean
  /** A person has split them from somebody. */
  readonly isWary: boolean
}

/** Who becomes a part of whom; the older number stays. */
export interface Joining {
  readonly id: string
  readonly stays: string
  readonly absorbed: string
  readonly staysNo: number
  readonly absorbedNo: number
}

export interface JoinPlan {
  readonly joins: readonly Joining[]
  /** Links that ask for nothing: the two are one already, or are to stay apart. */
  readonly needless: readonly string[]
}

/**
 * What can be merged in one go. Nobody is taken twice, but for whom others join while no split could stand against it; whoever is
 * left over has their turn when these are merged. Two with an open case each are left as they are: nothing that somebody
 * works on is closed by data.
 */
export function planJoins(linked: readonly Linked[]): JoinPlan {
  const joins: Joining[] = []
  const needless: string[] = []
  const absorbed = new Set<string>()
  const staying = new Map<string, { hasCase: boolean; isWary: boolean }>()
  for (const { id, one, other, areApart } of linked) {
    if (one.customer === other.customer || areApart) {
      needless.push(id)
      continue
    }
    const [stays, leaves] = one.no < other.no ? [one, other] : [other, one]
    const before = staying.get(stays.customer)
    const hasCase = before?.hasCase ?? stays.hasCase
    const isTaken =
      absorbed.has(stays.customer) || absorbed.has(leaves.customer) || staying.has(leaves.customer)
    const isWary = before !== undefined && (before.isWary || stays.isWary || leaves.isWary)
    if (isTaken || isWary || (hasCase && leaves.hasCase)) continue
    absorbed.add(leaves.customer)
    staying.set(stays.customer, {
      hasCase: hasCase || leaves.hasCase,
      isWary: (before?.isWary ?? stays.isWary) || leaves.isWary,
    })
    joins.push({
      id,
      stays: stays.customer,
      absorbed: leaves.customer,
      staysNo: stays.no,
      absorbedNo: leaves.no,
    })
  }
  return { joins, needless }
}
