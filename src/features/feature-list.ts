import { compileKind, type KindKernel } from './compile.ts'
import { checkExpression } from './expression.ts'
import { type RunOverRows, runnableOverRows } from './expression-run.ts'
import type { Tree } from './expression-tree.ts'
import { ATTRIBUTE, type FactReader, factReaders } from './facts.ts'
import { kindPlans } from './kind-plan.ts'
import { authorisationOf } from './kind-tree.ts'
import type { Profile } from './profile.ts'

/** A profile's features, prepared to be computed. Names are facts, aggregates, finalisers, peers, in this order. */
export interface FeatureList {
  readonly profile: Profile
  readonly names: readonly string[]
  readonly index: ReadonlyMap<string, number>
  /** Whose calendar decides how many days are left until a day. */
  readonly timeZone: string
  readonly facts: readonly { readonly slot: number; readonly read: FactReader }[]
  readonly kinds: readonly KindKernel[]
  /** Aggregates over what needs the customer's authorisation: unknown unless the fact at slot `by` says yes. */
  readonly guarded: readonly { readonly slot: number; readonly by: number }[]
  /** Writes all finalisers of rows whose facts and aggregates are filled. */
  readonly finalise: RunOverRows
  /** Features beside their median among similar customers: `of` is the slot compared. */
  readonly peers: readonly { readonly slot: number; readonly of: number; readonly by: PeerGroup }[]
}

export type PeerGroup = 'product' | 'site' | 'region'

/**
 * Prepares a profile's features. A finaliser reads facts, aggregates and the finalisers above it.
 * Throws BAD_INPUT on an expression that cannot be read (loadProfile has checked them already).
 */
export function featureList(profile: Profile, timeZone = 'UTC'): FeatureList {
  const readers = factReaders(profile)
  const names = [...readers.keys(), ...profile.aggregates.map(({ name }) => name)]
  const finalisers: { slot: number; tree: Tree }[] = []
  const index = new Map(names.map((name, slot) => [name, slot]))
  for (const { name, expr } of profile.finalisers) {
    finalisers.push({ slot: names.length, tree: checkExpression(expr, index.keys()).tree })
    index.set(name, names.length)
    names.push(name)
  }
  const slotOf = (name: string) => index.get(name)!
  const peers = (profile.peers ?? []).map(({ name, of, by }) => {
    index.set(name, names.length)
    return { slot: names.push(name) - 1, of: slotOf(of), by }
  })
  return {
    profile,
    names,
    index,
    timeZone,
    facts: [...readers].map(([name, read]) => ({ slot: slotOf(name), read })),
    kinds: kindPlans(profile.aggregates, slotOf).map(compileKind),
    guarded: profile.aggregates.flatMap(({ name, kind }) => {
      const by = authorisationOf(profile, kind)
      return by === undefined ? [] : [{ slot: slotOf(name), by: slotOf(ATTRIBUTE + by) }]
    }),
    finalise: runnableOverRows(finalisers, slotOf),
    peers,
  }
}

/** Names a profile's rules and watched changes may read. */
export function featureNames(profile: Profile): string[] {
  return [
    ...factReaders(profile).keys(),
    ...profile.aggregates.map(({ name }) => name),
    ...profile.finalisers.map(({ name }) => name),
    ...(profile.peers ?? []).map(({ name }) => name),
  ]
}
