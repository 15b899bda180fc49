import { teamEffect } from '../../commands/roi/team.ts'
import { parseRoi, pilotData, roiData } from '../../commands/roi.ts'
import { noEffectNote, roiCard } from '../../templates/roi.ts'
import { pilotCard } from '../../templates/roi-pilot.ts'
import { roiTeamCard } from '../../templates/roi-team.ts'
import type { Context } from '../context.ts'
import { localeOf } from './program.ts'
import { cardText } from './tables.ts'
import type { Terminal } from './terminal.ts'

/** `foreshock roi`: whether the work pays, each CSM's part, or whether a pilot passes its gate. */
export async function roiVerb(ctx: Context, terminal: Terminal, words: readonly string[]): Promise<void> {
  const asked = parseRoi(words.join(' '))
  const view = { locale: localeOf(ctx), timeZone: ctx.config.company.timeZone, now: ctx.clock.now() }
  if (asked.team !== null) {
    const team = await teamEffect(ctx, asked.team)
    return terminal.result(team, cardText(roiTeamCard(team, view)))
  }
  if (asked.pilot !== null) {
    const pilot = await pilotData(ctx, asked)
    return terminal.result(pilot, cardText(pilotCard(pilot, view)))
  }
  const data = await roiData(ctx, asked)
  terminal.result(data ?? {}, cardText(data === null ? noEffectNote(null, view) : roiCard(data, view)))
}
