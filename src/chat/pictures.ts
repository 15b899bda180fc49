import { createHash } from 'node:crypto'
import { type Clock, HOUR } from '../clock.ts'
import type { Log } from '../log.ts'
import type { Card, Chart } from './card.ts'
import { ChatFault, isRetryable } from './fault.ts'

/** Draws charts below one another as one PNG. */
export type Draw = (charts: readonly Chart[]) => Promise<Uint8Array>

/** The pictures one platform keeps for us, by what they show. */
export interface Pictures {
  /** The platform's name of the picture of these charts; null: it has none. Asks for nothing. */
  of(charts: readonly Chart[]): string | null
  /** Has the picture made; true once the platform can show it, false: it cannot. Null: nothing is under way. */
  make(charts: readonly Chart[]): Promise<boolean> | null
  /** The name, waited for so many milliseconds at most. */
  soon(charts: readonly Chart[], ms: number): Promise<string | null>
  /** The platform would not show it: it is left out for a while. */
  refused(charts: readonly Chart[]): void
}

/** Names kept; a name is forgotten at most one upload too early. */
const REMEMBERED = 2_000
/** A picture that could not be made is not tried again for so long: a missing permission does not mend itself. */
const LEFT_OUT_MS = HOUR

interface Kept {
  readonly name: string | null
  /** For one without a name: when it may be tried again. */
  readonly until: number
}

/**
 * Draws each picture once, hands it to the platform once, and knows it by its content. One at a time: nobody waits for
 * a picture, and platforms count uploads.
 *
 * @param parts.keep gives the picture to the platform; the name that cards call it by
 * @param parts.settleMs how long after that the platform can show it
 */
export function openPictures(parts: {
  readonly draw: Draw
  readonly clock: Clock
  readonly log: Log
  readonly settleMs?: number
  keep(png: Uint8Array, alt: string): Promise<string>
}): Pictures {
  const { draw, keep, clock, log, settleMs = 0 } = parts
  const kept = new Map<string, Kept>()
  const coming = new Map<string, Promise<boolean>>()
  let turn: Promise<unknown> = Promise.resolve()

  const remember = (key: string, name: string | null): void => {
    kept.delete(key)
    kept.set(key, { name, until: clock.now().getTime() + LEFT_OUT_MS })
    if (kept.size > REMEMBERED) kept.delete(kept.keys().next().value!)
  }
  const made = async (key: string, charts: readonly Chart[]): Promise<boolean> => {
    try {
      const name = await keep(await draw(charts), altOf(charts))
      if (settleMs > 0) await new Promise((resolve) => setTimeout(resolve, settleMs).unref())
      remember(key, name)
      return true
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      log.warn({ reason }, 'a picture could not be put on a card; the card goes without')
      // What may pass is tried again with the card's next change.
      if (!(error instanceof ChatFault) || !isRetryable(error)) remember(key, null)
      return false
    } finally {
      coming.delete(key)
    }
  }
  const make = (charts: readonly Chart[]): Promise<boolean> | null => {
    if (charts.length === 0) return null
    const key = keyOf(charts)
    const known = kept.get(key)
    if (known !== undefined && (known.name !== null || clock.now().getTime() < known.until)) return null
    const under = coming.get(key)
    if (under !== undefined) return under
    const begun = turn.then(() => made(key, charts))
    turn = begun
    coming.set(key, begun)
    return begun
  }
  const of = (charts: readonly Chart[]): string | null =>
    charts.length === 0 ? null : (kept.get(keyOf(charts))?.name ?? null)
  return {
    of,
    make,
    soon: async (charts, ms) => {
      const begun = make(charts)
      if (begun !== null) await Promise.race([begun, pause(ms)])
      return of(charts)
    },
    refused: (charts) => remember(keyOf(charts), null),
  }
}

/** No picture is ever shown. */
export const NO_PICTURES: Pictures = {
  of: () => null,
  make: () => null,
  soon: async () => null,
  refused: () => {},
}

/** The charts a chat that draws no charts shows as a picture: those meant to be one, else those within the card. */
export function chartsIn({ picture, blocks }: Card): readonly Chart[] {
  return picture ?? blocks.filter((block) => block.kind === 'chart')
}

/** The picture in words. */
export function altOf(charts: readonly Chart[]): string {
  return charts.map(({ title, says }) => `${title} · ${says}`).join('\n')
}

function keyOf(charts: readonly Chart[]): string {
  return createHash('sha256').update(JSON.stringify(charts)).digest('hex')
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref())
}
