import { DAY } from '../clock.ts'
import { inSteps } from './breathe.ts'
import type { Voice } from './history.ts'
import type { TimelineRows } from './rows.ts'
import { VOICE_DAYS } from './view.ts'

/** Voices looked at between two looks at the event loop. */
const STEP = 5_000

/** What everyone said lately, or those named, by customer. */
export async function recentVoices(
  rows: TimelineRows,
  asOf: number,
  voicesOf?: readonly string[],
): Promise<Map<string, Voice[]>> {
  const byCustomer = new Map<string, Voice[]>()
  const voices = await rows.voices(new Date(asOf - VOICE_DAYS * DAY), new Date(asOf), voicesOf)
  await inSteps(voices, STEP, (voice) => {
    const own = byCustomer.get(voice.customer)
    if (own === undefined) byCustomer.set(voice.customer, [voice])
    else own.push(voice)
  })
  return byCustomer
}
