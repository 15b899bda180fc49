import { didYouMean } from '../../nearest.ts'

/** Mapped names that a vendor does not know, one fault each. */
export function absent(mapped: readonly string[], known: readonly string[], whose: string): string[] {
  return mapped
    .filter((name) => !known.includes(name))
    .map((name) => `${whose} have no "${name}".${didYouMean(name, known)}`)
}
