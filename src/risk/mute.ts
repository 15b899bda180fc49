import type { Evidence, IsMuted, SignalName } from '../signals/signal.ts'
import type { Assessment } from './assessment.ts'

/** "Not a risk", said of one piece of evidence about one customer. It holds until that evidence changes. */
export interface Mute {
  readonly signal: SignalName
  /** The class of the words, the feature that fell, the event that stayed away, the rule, or `mood`. */
  readonly piece: string
  /** How bad it was: the relative fall, or the beats missed; null where only something newer is a change. */
  readonly level: number | null
  /** What was known then, milliseconds: whatever is newer has not been judged. */
  readonly at: number
  /** Nor have these, which were said before and came in only after it; as readings name what they rest on. Absent: none. */
  readonly late?: ReadonlySet<string>
}

/** A further fall by this much, or a silence this many times as long, is no longer what was judged. */
const FURTHER = { fall: 0.15, silence: 1.5 }

/** What "not a risk" said of this assessment mutes: every piece of evidence that counted. */
export function mutesOf({ readings, asOf }: Pick<Assessment, 'readings' | 'asOf'>): Mute[] {
  const mutes = new Map<string, Mute>()
  for (const { signal, evidence } of readings.filter(({ fired }) => fired)) {
    for (const piece of evidence) {
      const mute = { signal, piece: pieceOf(piece), level: levelOf(piece), at: asOf }
      mutes.set(`${signal} ${mute.piece}`, mute)
    }
  }
  return [...mutes.values()]
}

/** What a signal asks of each piece of its evidence. Pieces that carry no date are as old as the mute. */
export function mutedBy(mutes: readonly Mute[], signal: SignalName): IsMuted {
  const own = mutes.filter((mute) => mute.signal === signal)
  return (piece) => own.some((mute) => mute.piece === pieceOf(piece) && !hasChanged(mute, piece))
}

function hasChanged({ level, at, late }: Mute, piece: Evidence): boolean {
  const now = levelOf(piece)
  if (level !== null && now !== null) {
    const further = piece.kind === 'rhythm' ? level * FURTHER.silence : level + FURTHER.fall
    if (now >= further) return true
  }
  return (piece.at ?? at) > at || ('voice' in piece && late?.has(`voice:${piece.voice}`) === true)
}

export function pieceOf(piece: Evidence): string {
  switch (piece.kind) {
    case 'quote':
      return piece.wordClass
    case 'change':
      return piece.feature
    case 'rhythm':
      return piece.event
    case 'rule':
      return piece.rule
    case 'emotion':
      return 'mood'
  }
}

function levelOf(piece: Evidence): number | null {
  if (piece.kind === 'change') return piece.before > 0 ? (piece.before - piece.after) / piece.before : null
  if (piece.kind === 'rhythm') return piece.usualDays > 0 ? piece.quietDays / piece.usualDays : null
  return null
}
