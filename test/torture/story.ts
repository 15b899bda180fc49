import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DAY, HOUR } from '../../src/clock.ts'
import { DEMO_START } from '../../src/demo/calendar.ts'
import { openCompany } from '../../src/demo/company.ts'
import { writeUntil } from '../../src/demo/files.ts'
import { openStream, pick } from '../../src/demo/random.ts'
import { FEEDBACK } from '../../src/demo/tables.ts'

export const PHASES = ['pull', 'score', 'delivery', 'clicks'] as const
export type Phase = (typeof PHASES)[number]

export interface Step {
  readonly phase: Phase
  readonly day: number
  readonly at: string
  /** What scoring causes is delivered while it goes on. */
  readonly live: boolean
}

export interface Story {
  readonly seed: string
  readonly days: number
  readonly customers: number
  /** Customers who say something angry before the first day, and before each later one. */
  readonly angry: readonly [first: number, later: number]
}

/** Mornings that pull, score and deliver, and the people's work after them. */
export function stepsOf({ days }: Story): Step[] {
  return Array.from({ length: days }, (_, day) =>
    PHASES.map((phase) => {
      const at = DEMO_START.getTime() + day * DAY + (phase === 'clicks' ? 4 * HOUR : 0)
      return { phase, day, at: new Date(at).toISOString(), live: day % 3 === 2 }
    }),
  ).flat()
}

const ANGRY = [
  '修了三次都没好，我要退款！',
  '再也不来了，准备换别的品牌。',
  '投诉没人理，太失望了，我要退订。',
]

/** Writes the source files as they stand on each morning, a folder a day, the same for every run. */
export async function writeInputs({ seed, days, customers, angry }: Story, folder: string): Promise<void> {
  const company = openCompany({ seed, customers })
  const draw = openStream(seed, 'torture', 'voices')
  const exports = join(folder, 'exports')
  for (let day = 0; day < days; day += 1) {
    const morning = DEMO_START.getTime() + day * DAY
    await writeUntil(company, exports, new Date(morning))
    const voices = Array.from({ length: angry[day === 0 ? 0 : 1] }, (_, index) => {
      const { id, store, model } = pick(draw, company.customers())
      const said = {
        id: `torture-${day}-${index}`,
        customer: id,
        at: morning - 10 * HOUR,
        text: pick(draw, ANGRY),
      }
      return FEEDBACK.line({
        ...said,
        channel: 'chat',
        language: 'zh',
        rating: null,
        nps: null,
        store,
        model,
      })
    })
    mkdirSync(join(exports, 'feedback'), { recursive: true })
    writeFileSync(join(exports, 'feedback', `feedback-torture-${day}.ndjson`), `${voices.join('\n')}\n`)
    copyKeepingTimes(exports, inputsOf(folder, day))
  }
}

export function inputsOf(folder: string, day: number): string {
  return join(folder, `day-${day}`)
}

/** With their times: what a pull remembers of a file includes when it was written. */
export function copyKeepingTimes(from: string, to: string): void {
  cpSync(from, to, { recursive: true, preserveTimestamps: true })
}
