/** A message as people see it. */
export interface Seen {
  readonly message: string
  readonly channel: string
  /** Message whose thread it is in; null: of the channel itself. */
  readonly head: string | null
  /** Number of the case it is about; null: it names none. */
  readonly no: number | null
  /** Of the case, as the card's buttons carry it; null: it has none. */
  readonly version: number | null
}

/** What messages show, written down whenever one changes. */
export interface Ledger {
  readonly seen: ReadonlyMap<string, Seen>
  /** Edits that showed an older version than the message had shown before. */
  readonly stale: () => number
  write(message: Pick<Seen, 'message' | 'channel' | 'head'>, card: string): void
  /** It was taken back. */
  forget(message: string): void
}

/** @param version finds a card's version in what was sent, as its first group */
export function openLedger(version: RegExp): Ledger {
  const seen = new Map<string, Seen>()
  let stale = 0
  return {
    seen,
    stale: () => stale,
    forget: (message) => void seen.delete(message),
    write: (message, card) => {
      const shows = { no: numberIn(card, /\bA-(\d+)\b/), version: numberIn(card, version) }
      const before = seen.get(message.message)?.version ?? 0
      if (shows.version !== null && shows.version < before) stale += 1
      seen.set(message.message, { ...message, ...shows })
    },
  }
}

function numberIn(card: string, pattern: RegExp): number | null {
  const found = pattern.exec(card)?.[1]
  return found === undefined ? null : Number(found)
}
