import type { Role } from '../../src/demo/casting.ts'

/** A customer of middling value who stays. */
export const STAYS: Role = {
  value: 'mid',
  leaving: null,
  alike: null,
  turn: Number.POSITIVE_INFINITY,
  sharp: false,
  storm: false,
}
