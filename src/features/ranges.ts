import type { Profile } from './profile.ts'

/** The least and the most a number can be, both included; amounts in minor units. Absent: no bound. */
export interface Range {
  readonly min?: number
  readonly max?: number
}

/** What a row may say without being a mistake. */
export interface Ranges {
  readonly kinds: ReadonlyMap<string, Readonly<Partial<Record<'amount' | 'quantity' | 'duration', Range>>>>
  readonly attributes: ReadonlyMap<string, Range>
}

/** The ranges of a profile; a special kind has those of its general one where it names none itself. */
export function rangesOf({ kinds, attributes = {} }: Profile): Ranges {
  const own = Object.entries(kinds).map(([kind, { is, ...said }]) => {
    const general = is === undefined ? {} : (kinds[is]?.range ?? {})
    return [kind, { ...general, ...said.range }] as const
  })
  const numbers = Object.entries(attributes).flatMap(([name, { range }]) =>
    range === undefined ? [] : [[name, range] as const],
  )
  return { kinds: new Map(own), attributes: new Map(numbers) }
}
