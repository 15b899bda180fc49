import type { Text } from '../text.ts'
import { ADVISORS, ELECTRIC_PARTS, PARTS, RIVALS } from './brand.ts'
import type { Persona } from './persona.ts'
import type { Draw } from './random.ts'
import { pick, whole } from './random.ts'
import type { Mood } from './sentences.ts'
import { CHINESE } from './sentences.ts'
import { ENGLISH } from './sentences-en.ts'

/** One sentence in the customer's own language. `avoid`: what they said last, so that no one repeats themselves. */
export function speak(mood: Mood, persona: Persona, years: number, draw: Draw, avoid: string): string {
  const choices = (persona.language === 'zh' ? CHINESE : ENGLISH)[mood]
  const fresh = choices.filter((sentence) => sentence !== avoid)
  return pick(draw, fresh.length > 0 ? fresh : choices)
    .replace('{years}', String(Math.max(1, years)))
    .replace('{days}', String(whole(draw, 5, 16)))
    .replace('{store}', persona.language === 'zh' ? persona.store.name : persona.store.english)
    .replace('{model}', persona.language === 'zh' ? persona.model.name : persona.model.english)
    .replace('{part}', word(pick(draw, persona.model.electric ? ELECTRIC_PARTS : PARTS), persona))
    .replace('{advisor}', word(pick(draw, ADVISORS), persona))
    .replace('{rival}', word(pick(draw, RIVALS), persona))
}

function word(both: Text, persona: Persona): string {
  return both[persona.language]
}
