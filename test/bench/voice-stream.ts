import { personaOf } from '../../src/demo/persona.ts'
import { chance, openStream, pick } from '../../src/demo/random.ts'
import { CHINESE, type Mood } from '../../src/demo/sentences.ts'
import { speak } from '../../src/demo/voice.ts'
import { STAYS } from '../demo/role.ts'

const PEOPLE = 400
/** Half of the voices say a second thing. */
const GOES_ON = 0.5

/** What people of the demo brand write, without end: short texts, three of four in Chinese. The same seed, the same texts. */
export function* voiceStream(seed: string): Generator<string, never> {
  const draw = openStream(seed, 'bench voices')
  const moods = Object.keys(CHINESE) as Mood[]
  const people = Array.from({ length: PEOPLE }, (_, no) => {
    const language = no % 4 === 0 ? ('en' as const) : ('zh' as const)
    return { ...personaOf(seed, no, STAYS), language }
  })
  const said = (person: (typeof people)[number]): string => speak(pick(draw, moods), person, 3, draw, '')
  for (;;) {
    const person = pick(draw, people)
    const first = said(person)
    yield chance(draw, GOES_ON) ? `${first}${person.language === 'en' ? ' ' : ''}${said(person)}` : first
  }
}
