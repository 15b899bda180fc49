import { vi } from 'vitest'

/** Waits for what comes by itself; a second, as vitest waits, is too short where others use the machine as well. */
export function eventually<Seen>(see: () => Seen | Promise<Seen>): Promise<Seen> {
  return vi.waitFor(see, 60_000)
}
