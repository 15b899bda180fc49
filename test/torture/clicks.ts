import { STAFF } from '../../src/demo/people.ts'
import { chance, type Draw, openStream, pick } from '../../src/demo/random.ts'
import type { BoardCase, Press } from './wire.ts'

/** One press, or the two of a double click, which carry the same request. */
export interface Click {
  readonly press: Press
  readonly twice: boolean
}

const CSMS = STAFF.filter(({ role }) => role === 'csm').map(({ id }) => id)

type Wish = readonly [person: string, command: string, form?: Readonly<Record<string, string>>]

/**
 * What people press on one day: a chain a case, whose clicks follow each other; the chains have nothing to do with each
 * other. The same board, day and seed give the same clicks.
 */
export function clicksOf(seed: string, day: number, board: readonly BoardCase[]): Click[][] {
  return board.map((one) => {
    const draw = openStream(seed, 'clicks', day, one.key)
    return wishes(draw, one).map(([person, command, form], place) => {
      const { channel, message } = pick(draw, one.cards)
      const request = `${one.key}-${day}-${place}`
      return {
        press: { person, channel, message: message!, command, form: form ?? null, request },
        twice: chance(draw, 0.2),
      }
    })
  })
}

function wishes(draw: Draw, { state, owner }: BoardCase): Wish[] {
  const me = owner ?? pick(draw, CSMS)
  const other = CSMS.find((id) => id !== me)!
  const later: Wish = pick(draw, [
    [me, 'retained', { note: '约好返工，店长跟进' }],
    [me, 'resolve', { result: 'lost', reason: 'price', action: '已说明，客户不再来' }],
    [me, 'snooze', { for: '1d' }],
    [me, 'dismiss', { reason: '电话确认过，一切正常' }],
    [me, 'contacted'],
  ])
  if (state === 'open')
    return [[me, 'claim'], [other, 'claim'], [me, 'contacted'], ...(chance(draw, 0.6) ? [later] : [])]
  if (state === 'snoozed') return [[me, 'claim']]
  if (state === 'claimed' || state === 'contacted') return chance(draw, 0.5) ? [later] : []
  return []
}
