import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Clock } from '../clock.ts'
import type { Context, Models } from '../context.ts'
import type { Profile } from '../features/profile.ts'
import { announce, announceForWeek } from '../judging/announce.ts'
import { scoringTerms } from '../judging/terms.ts'
import { unwarnedLately } from '../judging/unwarned.ts'
import { modelCard } from '../learning/card.ts'
import type { Economics } from '../learning/thresholds.ts'
import type { Log } from '../log.ts'
import { latestCases } from '../modelling/evaluation.ts'
import type { InUseKeeper } from '../modelling/in-use.ts'
import { openModels } from '../modelling/models.ts'
import { driftOf, maturedBy } from '../modelling/monitor.ts'
import { teachElsewhere } from '../modelling/teacher.ts'
import { type Judge, type ScoresAt, type Tested, tryOut } from '../modelling/trial.ts'
import { PACKAGE_ROOT } from '../paths.ts'
import type { Forecaster } from '../risk/forecaster.ts'
import type { ModelFiles } from '../risk/model-files.ts'
import type { Scorer } from '../risk/scorer.ts'
import type { Store } from '../store/store.ts'
import { text } from '../text.ts'
import type { Timeline } from '../timeline/timeline.ts'

const SEED = 20_261_122

/** Puts learning together: what it learns from, whom it is held against, where models are kept. */
export function openModelling(parts: {
  readonly profile: Profile
  readonly timeZone: string
  readonly clock: Clock
  readonly log: Log
  readonly store: Store
  readonly timeline: Timeline
  readonly scorer: Scorer
  readonly inUse: InUseKeeper
  /** The whole context, once it stands. */
  ctx(): Context
}): Models & { close(): Promise<void> } {
  const { profile, timeZone, clock, log, store, timeline, scorer, inUse, ctx } = parts
  const { version } = JSON.parse(readFileSync(join(PACKAGE_ROOT, 'package.json'), 'utf8')) as {
    version: string
  }
  const rules: Judge = {
    isProbability: false,
    scoresAt: async (asOf) => {
      const terms = { ...(await scoringTerms(ctx())), mutes: new Map(), rulesOnly: true }
      const { facts, scores } = await scorer.night(new Date(asOf), terms)
      return new Map(Array.from(facts, ({ id }, index) => [id, scores[index]!]))
    },
  }
  const scoresBy =
    (forecaster: Forecaster): ScoresAt =>
    async (asOf) => {
      const snapshot = await timeline.at(asOf)
      const probabilities = await forecaster.forecast(snapshot)
      return new Map(Array.from(snapshot.facts, ({ id }, index) => [id, probabilities[index]!]))
    }
  const champion = async () => {
    const found = await inUse.current()
    if (found === null) return null
    return { no: found.no, isProbability: true, scoresAt: scoresBy(found.forecaster) }
  }
  /** By the settings as they stand, and the people there are. */
  const economics = async (): Promise<Economics> => {
    const settings = await ctx().settings()
    const csms = ctx().people.all.filter(({ role }) => role === 'csm').length
    const { currency } = ctx().config.company
    return { ...settings.economics, currency, ...(csms === 0 ? {} : { perDay: csms * settings.capacity }) }
  }
  /** A model on the latest months whose outcome is known. */
  const casesOf = async (model: number | ModelFiles): Promise<Tested> => {
    await timeline.refresh()
    const { forecaster, sidecar, close } = await inUse.peek(model)
    const now = clock.now().getTime()
    return latestCases(await timeline.gather(), profile, sidecar, now, scoresBy(forecaster)).finally(close)
  }
  return openModels({
    profile: profile.name,
    clock,
    log,
    rules,
    champion,
    economics,
    learn: async (now, signal) => {
      await timeline.refresh(signal)
      const label = text('正在训练模型', 'Learning a model')
      ctx().progress({ label, share: null })
      const cases = await store.alerts.list({ states: ['dismissed'] })
      const dismissed = cases.map(({ customer, openedAt }) => ({ customer, at: openedAt.getTime() }))
      const columns = await timeline.gather()
      const lecture = { profile, timeZone, columns, now, dismissed, seed: SEED, version }
      return teachElsewhere(lecture, signal, (share) => ctx().progress({ label, share })).finally(() =>
        ctx().progress(null),
      )
    },
    keep: (model) => store.models.add(model),
    tell: (notice) => announce(ctx(), notice),
    fault: inUse.fault,
    evaluate: async (no) => {
      const other = await champion()
      return tryOut(await casesOf(no), rules, other?.no === no ? null : other, await economics())
    },
    adopt: async ({ file, sidecar }, by) => {
      const trial = await tryOut(await casesOf({ file, sidecar }), rules, await champion(), await economics())
      const { algorithm } = sidecar
      const made = { profile: profile.name, algorithm, madeAt: clock.now(), by, trial }
      const no = await store.models.add({ ...made, onnx: file, sidecar, card: modelCard(sidecar) })
      return { no, algorithm, trial }
    },
    drift: async (signal) => {
      const champion = await inUse.current()
      const found = await unwarnedLately(ctx())
      const unwarned = found === null ? null : { ...found, currency: ctx().config.company.currency }
      if (champion === null) {
        if (unwarned !== null) await announceForWeek(ctx(), { kind: 'unwarned', data: unwarned })
        return null
      }
      await timeline.refresh(signal)
      const now = clock.now().getTime()
      const snapshot = await timeline.at(now, signal)
      const { no, sidecar, forecaster } = champion
      const report = driftOf({
        ...{ no, sidecar, profile, snapshot },
        columns: await timeline.gather(),
        probabilities: await forecaster.forecast(snapshot, signal),
        past: await store.assessments.runBefore(new Date(maturedBy(now, sidecar, profile))),
      })
      await announceForWeek(ctx(), { kind: 'drift', data: { ...report, unwarned } })
      return report
    },
  })
}
