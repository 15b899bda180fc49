import type { DayNumber } from './calendar.ts'
import type { Life } from './life.ts'
import { momentOf, newRowId } from './life.ts'
import type { DayRows, FeedbackRow } from './rows.ts'
import type { Mood } from './sentences.ts'
import { speak } from './voice.ts'

export interface Utterance {
  readonly mood: Mood
  readonly channel: FeedbackRow['channel']
  readonly rating: number | null
  readonly nps: number | null
}

/** Writes one voice of the customer's in the feedback system. */
export function saySomething(life: Life, day: DayNumber, said: Utterance, rows: DayRows): void {
  const { persona } = life
  const years = Math.floor((day - persona.joined) / 365)
  const text = speak(said.mood, persona, years, life.draws.voice, life.lastSentence)
  life.lastSentence = text
  rows.feedback.push({
    id: newRowId(life, 'F', day),
    customer: persona.id,
    at: momentOf(day, life.draws.voice, 8.2, 22.6),
    channel: said.channel,
    text,
    language: persona.language,
    rating: said.rating,
    nps: said.nps,
    store: persona.store.name,
    model: persona.model.name,
  })
}
