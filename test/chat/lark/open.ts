import type { FormAsked, Inbound } from '../../../src/chat/inbound.ts'
import { type LarkOptions, openLark } from '../../../src/chat/lark/lark.ts'
import { systemClock } from '../../../src/clock.ts'
import { openLog } from '../../../src/log.ts'
import type { LarkFake } from '../../fakes/lark.ts'
import { APP } from '../../fakes/lark-world.ts'

/** A counter that keeps what it is handed. */
export function openTestCounter() {
  const taken: Inbound[] = []
  const counter = {
    taken,
    /** The form the next event opens; null: none. */
    form: null as FormAsked | null,
    /** What taking an event throws; null: it is kept. */
    broken: null as Error | null,
    delayMs: 0,
    take: async (event: Inbound): Promise<boolean> => {
      if (counter.delayMs > 0) await new Promise((resolve) => setTimeout(resolve, counter.delayMs))
      if (counter.broken !== null) throw counter.broken
      if (taken.some(({ id }) => id === event.id)) return false
      taken.push(event)
      return true
    },
    casesFor: async () => [],
    formFor: async (): Promise<FormAsked | null> => counter.form,
  }
  return counter
}

export type TestCounter = ReturnType<typeof openTestCounter>

/** The adapter over a fake Lark, everything as in production but the address and short waits. */
export function larkOver(fake: LarkFake, counter: TestCounter, over: Partial<LarkOptions> = {}) {
  return openLark({
    ...APP,
    domain: fake.url,
    webhook: null,
    counter,
    clock: systemClock,
    log: openLog('silent'),
    localeOf: () => 'zh',
    watchMs: 20,
    ...over,
  })
}
