import type { DayNumber } from './calendar.ts'
import type { Leaving } from './casting.ts'
import type { Life } from './life.ts'
import type { Beat } from './plot.ts'
import { chance, whole } from './random.ts'

/** How many points a departure takes off the ratings given from its turn on. */
const SOURED: Readonly<Record<Leaving, number>> = {
  silent: 2,
  angry: 5,
  lured: 1,
  moved: 0,
  warranty: 1,
  'let-down': 4,
  'life-change': 0,
}

/** The answer to the survey sent after a visit, a day or two later; null when there is none. */
export function surveyAfter(life: Life, day: DayNumber): Beat | null {
  const draw = life.draws.voice
  const answered = chance(draw, life.persona.answers)
  const usual = life.persona.kindness + (draw() + draw() - 1) * 1.1 - (chance(draw, 0.03) ? 1.5 : 0)
  const asksNps = chance(draw, 0.45)
  const later = whole(draw, 0, 2)
  if (!answered) return null
  const sour = life.course !== null && day >= life.course.turn ? SOURED[life.course.leaving] : 0
  const rating = Math.round(Math.min(10, Math.max(1, usual - sour)))
  return {
    day: day + later,
    act: 'speak',
    mood: rating >= 9 ? 'praise' : rating >= 7 ? 'plain' : 'gripe',
    channel: 'survey',
    rating,
    nps: asksNps ? npsFor(rating) : null,
  }
}

function npsFor(rating: number): number {
  return rating >= 9 ? rating : Math.max(0, rating - 1)
}
