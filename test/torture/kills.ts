import { setTimeout as pause } from 'node:timers/promises'
import { between, type Draw, pickWeighted, whole } from '../../src/demo/random.ts'
import type { Program } from './program.ts'
import type { Phase } from './story.ts'

/** When to kill: so many milliseconds after the n-th transaction, after the n-th call of the chat, or after the start. */
export interface Kill {
  readonly after: number
  readonly on: 'transaction' | 'call' | 'start'
  readonly nth: number
  /** Of a call: the platform's answer does not get back. */
  readonly answerLost: boolean
}

/** How a kill went. */
export interface Killing extends Kill {
  readonly phase: Phase
  readonly inTransaction: boolean
  /** The work was done before the moment came; the program was killed while it had nothing to do. */
  readonly idle: boolean
}

const AIMS: Readonly<Record<Phase, readonly (readonly [Kill['on'], number])[]>> = {
  pull: [
    ['transaction', 2],
    ['start', 1],
  ],
  score: [
    ['transaction', 2],
    ['start', 1],
  ],
  delivery: [
    ['call', 4],
    ['start', 1],
  ],
  clicks: [
    ['transaction', 2],
    ['call', 1],
    ['start', 1],
  ],
}

/** Half of a phase's time, roughly: later moments find it finished. Milliseconds. */
const LONGEST: Readonly<Record<Phase, number>> = { pull: 800, score: 400, delivery: 300, clicks: 800 }

export function drawKill(draw: Draw, phase: Phase): Kill {
  const on = pickWeighted(draw, AIMS[phase])
  const nth = whole(draw, 1, on === 'call' ? 7 : 5)
  // Only a card whose answer got lost can be shown twice: that is what delivery has to survive.
  const answerLost = draw() < (phase === 'delivery' ? 1 : 0.5)
  const after = between(draw, 0, on === 'start' ? LONGEST[phase] : 6)
  return { on, nth, after, answerLost: on === 'call' && answerLost }
}

/** Waits for the moment, then kills. `now` does not wait any longer. Resolves to what was hit. */
export function aim(program: Program, kill: Kill): { hit: Promise<boolean>; now(): void; fired(): boolean } {
  let fired = false
  let seen = 0
  let resolve: (hit: boolean | Promise<boolean>) => void = () => {}
  const hit = new Promise<boolean>((done) => {
    resolve = done
  })
  const fire = (): void => {
    if (fired) return
    fired = true
    off()
    resolve(program.kill())
  }
  const count = (on: Kill['on']): boolean => {
    if (kill.on !== on) return false
    seen += 1
    if (seen === kill.nth) void pause(kill.after).then(fire)
    return seen >= kill.nth
  }
  const off = program.watch({
    begun: () => void count('transaction'),
    called: () => count('call') && kill.answerLost,
  })
  if (kill.on === 'start') void pause(kill.after).then(fire)
  return { hit, now: fire, fired: () => fired }
}
