import fc from 'fast-check'
import type { Reading, SignalName } from '../../src/signals/signal.ts'

const NAMES: readonly SignalName[] = ['emotion', 'words', 'silence', 'change', 'rules', 'model']

/** A reading with nothing in it but what is given. */
export function readingOf(signal: SignalName, more: Partial<Reading> = {}): Reading {
  return { signal, fired: true, strong: false, strength: 0.5, at: 0, basis: [], evidence: [], ...more }
}

const basis = fc.subarray(['visit', 'login', 'voice', 'voice:a', 'voice:b', 'competitor_seen'])

/** Any reading a signal could give; what is strong has fired. */
export const anyReading: fc.Arbitrary<Reading> = fc
  .record({
    signal: fc.constantFrom(...NAMES),
    fired: fc.boolean(),
    strong: fc.boolean(),
    strength: fc.double({ min: 0, max: 1, noNaN: true }),
    basis,
  })
  .map((reading) => readingOf(reading.signal, { ...reading, strong: reading.fired && reading.strong }))
