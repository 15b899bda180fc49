import { chance, openStream } from '../../src/demo/random.ts'

/** How often what befalls a call; shares of 1. */
export interface Mischief {
  readonly seed: string
  /** HTTP 500, half of them after the call was done. */
  readonly errors: number
  /** The connection is cut, half of them after the call was done. */
  readonly resets: number
  /** HTTP 429 with a pause of a second. */
  readonly limited: number
  /** It takes half a second to a second and a half. */
  readonly slow: number
}

export type Ill =
  | { readonly kind: 'errors' | 'resets'; readonly done: boolean }
  | { readonly kind: 'limited' }
  | { readonly kind: 'slow'; readonly ms: number }

export interface Weather {
  /** What befalls the next call; null: nothing. */
  next(): Ill | null
  /** How often what did so far. */
  readonly mishaps: Readonly<Record<Ill['kind'], number>>
}

/** @param mischief absent: all goes well */
export function openWeather(mischief?: Mischief): Weather {
  const mishaps = { errors: 0, resets: 0, limited: 0, slow: 0 }
  const draw = openStream(mischief?.seed ?? 'calm', 'mischief')
  const befalls = (kind: Ill['kind']): boolean => {
    const hit = mischief !== undefined && chance(draw, mischief[kind])
    if (hit) mishaps[kind] += 1
    return hit
  }
  return {
    mishaps,
    next: () => {
      for (const kind of ['errors', 'resets'] as const)
        if (befalls(kind)) return { kind, done: chance(draw, 0.5) }
      if (befalls('limited')) return { kind: 'limited' }
      return befalls('slow') ? { kind: 'slow', ms: 500 + draw() * 1_000 } : null
    },
  }
}
