import { PRESSERS } from './company.ts'

export interface Load {
  readonly customers: number
  readonly aSecond: number
  readonly seconds: number
}

/** One press of a button, due so many milliseconds after the start. */
export interface Due {
  readonly at: number
  readonly person: string
  /** Which of the cards. */
  readonly card: number
  readonly command: string
  readonly form: Readonly<Record<string, string>> | null
  readonly request: string
}

type Verb = readonly [command: string, form?: Readonly<Record<string, string>>]

const FIRST: readonly Verb[] = [['claim'], ['contacted']]
const BETWEEN: readonly Verb[] = [['snooze', { for: '2h' }], ['claim']]
const LAST: readonly Verb[] = [
  ['retained', { note: '约好返工，店长跟进' }],
  ['resolve', { result: 'lost', reason: 'price', action: '已说明，客户不再来' }],
  ['dismiss', { reason: '电话确认过，一切正常' }],
]

/**
 * Clicks at a steady rate, round after round over all cards: each case is claimed, its customer reached, the case put
 * off and taken up again, and at the end closed in one of three ways. Every twentieth click is a colleague's who wants
 * to claim what is somebody's already, every fortieth the one before it sent once more.
 */
export function pressesOf(cards: number, aSecond: number, seconds: number): Due[] {
  const count = aSecond * seconds
  const rounds = Math.ceil(count / cards)
  const presses: Due[] = []
  for (let place = 0; place < count; place += 1) {
    const card = place % cards
    const round = Math.floor(place / cards)
    const at = (place * 1_000) / aSecond
    const before = presses.at(-1)
    if (place % 40 === 39 && before !== undefined) {
      presses.push({ ...before, at })
      continue
    }
    const owner = card % PRESSERS.length
    const late = place % 20 === 19
    const person = PRESSERS[late ? (owner + 1) % PRESSERS.length : owner]!
    const [command, form = null] = late ? (['claim'] as const) : verbIn(round, rounds, card)
    presses.push({ at, person, card, command, form, request: `bench-${place}` })
  }
  return presses
}

function verbIn(round: number, rounds: number, card: number): Verb {
  if (round < FIRST.length) return FIRST[round]!
  if (round === rounds - 1) return LAST[card % LAST.length]!
  return BETWEEN[(round - FIRST.length) % BETWEEN.length]!
}
