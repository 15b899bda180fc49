import type { Command } from '../src/command.ts'
import type { Context } from '../src/context.ts'
import { ForeshockError } from '../src/errors.ts'
import { effectReport } from '../src/judging/effect.ts'
import { ENOUGH } from '../src/reports/figure.ts'
import type { PeriodWords } from '../src/reports/period.ts'
import { clip, text } from '../src/text.ts'
import { noEffectNote, type RoiCardData, roiCard } from '../templates/roi.ts'
import { type PilotCardData, pilotCard } from '../templates/roi-pilot.ts'
import { roiTeamCard } from '../templates/roi-team.ts'
import { writeLike } from '../templates/usage.ts'
import { dataAgeHours } from './case/customer.ts'
import { answer } from './case/move.ts'
import { periodIn, periodMeant } from './case/period.ts'
import { pilotOf } from './roi/pilot.ts'
import { teamEffect } from './roi/team.ts'

export interface RoiWords {
  /** Null: since the first case. */
  readonly period: PeriodWords | null
  /** Regions and stores of a pilot, none: everywhere; null: not the pilot is asked for. */
  readonly pilot: readonly string[] | null
  /** The page of the list by CSM; null: it is not asked for. */
  readonly team: number | null
}

export const roi: Command<RoiWords> = {
  name: 'roi',
  summary: text(
    '有没有用、值不值：提前识别、准确率、留住率、流失率变化、投入产出；试点关口',
    'Does it work and pay: early warnings, precision, retention, churn, return; the pilot’s gate',
  ),
  usage: 'roi [last 90d | 2026-06 | team | pilot [REGION, STORE]]',
  role: 'manager',
  takes: 'roi',
  parse: parseRoi,
  run: async (ctx, request) => {
    const { args } = request
    if (args.team !== null) return answer(ctx, request, roiTeamCard, await teamEffect(ctx, args.team))
    if (args.pilot !== null) return answer(ctx, request, pilotCard, await pilotData(ctx, args))
    const data = await roiData(ctx, args)
    return data === null ? answer(ctx, request, noEffectNote, null) : answer(ctx, request, roiCard, data)
  },
}

/** @throws ForeshockError BAD_INPUT */
export function parseRoi(words: string): RoiWords {
  const { rest, period } = periodIn(words)
  if (rest === '') return { period, pilot: null, team: null }
  const team = /^(?:team|csm|团队|客户经理)(?:\s+page\s+(\d{1,4}))?$/iu.exec(rest)
  if (team !== null && period === null)
    return { period, pilot: null, team: Math.max(1, Number(team[1] ?? 1)) }
  const pilot = /^(?:pilot|试点)(?:\s+(.*))?$/isu.exec(rest)
  if (pilot !== null) {
    const names = (pilot[1] ?? '').split(/[,，、;；]/).map((name) => name.trim())
    return { period, pilot: names.filter(Boolean), team: null }
  }
  throw new ForeshockError(
    'BAD_INPUT',
    text(`roi 没有“${clip(rest, 40)}”这一项。`, `roi does not know "${clip(rest, 40)}".`),
    writeLike(roi.usage),
  )
}

/** Null: no case has been opened yet. */
export async function roiData(ctx: Context, { period }: RoiWords): Promise<RoiCardData | null> {
  const report = await effectReport(ctx, stretchOf(ctx, period))
  return report === null ? null : { ...report, enough: ENOUGH, dataAgeHours: await dataAgeHours(ctx) }
}

export async function pilotData(ctx: Context, { period, pilot }: RoiWords): Promise<PilotCardData> {
  const found = await pilotOf(ctx, pilot ?? [], stretchOf(ctx, period))
  return { ...found, dataAgeHours: await dataAgeHours(ctx) }
}

function stretchOf(ctx: Context, period: PeriodWords | null) {
  return period === null ? null : periodMeant(period, ctx.clock.now(), ctx.config.company.timeZone)
}
