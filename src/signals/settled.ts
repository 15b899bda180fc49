import type { History, Voice } from '../timeline/history.ts'
import type { MoodOf } from '../voice/mood.ts'

/** What says that a matter was put right on our side. */
const RESOLVED = 'ticket_resolved'
/** A rating (0-10) and a mood from which on the customer sounds content. */
const CONTENT = { rating: 7, mood: 0.1 }

/**
 * True when what was said had been put right before `until`: a ticket was closed after it, and after that the customer
 * spoke again and sounded content. Our own word for it is not enough, and neither is theirs about something else.
 */
export function isSettled(
  voice: Voice,
  history: History,
  moodOf: MoodOf | undefined,
  until: number = history.asOf,
): boolean {
  const closed = history.events(RESOLVED).at.find((at) => at > voice.at)
  if (closed === undefined) return false
  return history.voices.some((later) => later.at > closed && later.at < until && isContent(later, moodOf))
}

function isContent(voice: Voice, moodOf: MoodOf | undefined): boolean {
  if (voice.rating !== null && voice.rating < CONTENT.rating) return false
  const mood = moodOf?.(voice) ?? null
  return mood === null ? voice.rating !== null : mood.score > CONTENT.mood
}
