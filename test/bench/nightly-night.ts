import { readFileSync, writeFileSync } from 'node:fs'
import { planNight } from '../../src/alerts/plan.ts'
import { featureList } from '../../src/features/feature-list.ts'
import { loadSegmentPlan } from '../../src/features/segment-plan.ts'
import { keepNight } from '../../src/judging/keep-night.ts'
import type { TreeModel } from '../../src/learning/model.ts'
import { modelRowsOf } from '../../src/modelling/rows.ts'
import { SEGMENTS } from '../../src/paths.ts'
import type { Forecaster } from '../../src/risk/forecaster.ts'
import { lastKept } from '../../src/risk/last-kept.ts'
import { openBulk } from '../../src/risk/model-scorer.ts'
import { pauses } from '../../src/risk/pause.ts'
import { openScorer } from '../../src/risk/scorer.ts'
import { coldStartSignals } from '../../src/signals/index.ts'
import type { Store } from '../../src/store/store.ts'
import type { TimelineRows } from '../../src/timeline/rows.ts'
import { openTimeline, type Timeline } from '../../src/timeline/timeline.ts'
import { compileLexicon } from '../../src/voice/lexicon.ts'
import { NIGHTLY } from './nightly-profile.ts'
import { worstStall } from './stall.ts'

/** The parts of a night, in the order in which they happen. */
export const PARTS = ['refresh', 'features', 'forecast', 'judge', 'plan', 'write'] as const
export type Part = (typeof PARTS)[number]

/** What one night took: milliseconds on the clock, of all threads' processor, by part; and how it answered meanwhile. */
export interface NightTook {
  readonly wall: number
  readonly cpu: number
  readonly parts: Readonly<Record<Part, { readonly wall: number; readonly cpu: number }>>
  /** The longest this thread was busy in one go, milliseconds. */
  readonly stall: number
  /** Most memory held at once, bytes. */
  readonly rss: number
  /** Assessments written, and cases called for. */
  readonly rows: number
  readonly cases: number
}

/** The product's night over rows handed out by a store, its decisions written to a database. */
export interface Nights {
  readonly timeline: Timeline
  run(asOf: number): Promise<NightTook>
  /** Everyone's probability in the last night. */
  probabilities(): Float32Array
  close(): Promise<void>
}

const plan = loadSegmentPlan(readFileSync(SEGMENTS, 'utf8'), SEGMENTS)
const TERMS = { wordsDays: 14, topShare: 0.3 }
const THREADS = 2

export function openNights(rows: TimelineRows, model: () => TreeModel, store: Store): Nights {
  const timeline = openTimeline(rows, featureList(NIGHTLY))
  const meter = openMeter()
  let bulk: ReturnType<typeof openBulk> | null = null
  let latest = new Float32Array(0)
  const forecaster: Forecaster = {
    name: 'M-1',
    days: 90,
    forecast: async ({ features, size }, signal) => {
      bulk ??= openBulk(model(), null, THREADS)
      const rows = modelRowsOf(model().names, features)
      const probability = (await bulk.scoreRows(rows, size, signal)).probability as Float32Array<ArrayBuffer>
      // Who would be alerted is asked about once more, as if they had said nothing.
      if (size === timeline.size) latest = probability
      return probability
    },
    explain: null,
  }
  const scorer = openScorer({
    profile: NIGHTLY,
    plan,
    histories: {
      indexOf: (customer) => timeline.indexOf(customer),
      refresh: (signal) => meter.part('refresh', () => timeline.refresh(signal)),
      at: (asOf, signal) => meter.part('features', () => timeline.at(asOf, signal)),
      history: (index, asOf) => timeline.history(index, asOf),
    },
    signals: (_, background) => coldStartSignals(NIGHTLY, compileLexicon([]), 'UTC', 14, background),
    forecaster: async () => ({
      ...forecaster,
      forecast: (...asked) => meter.part('forecast', () => forecaster.forecast(...asked)),
    }),
  })

  /** As the job does, with no team: every case waits, so that all of them are written as rows. */
  async function night(asOf: number): Promise<{ rows: number; cases: number }> {
    const judged = await meter.part('judge', () => scorer.night(new Date(asOf), TERMS))
    const pause = pauses()
    const { last, news, waiting } = await meter.part('plan', async () => {
      const last = await lastKept(store.assessments.lastKept(), judged, pause)
      const { news, steps } = await planNight(judged, last, await store.alerts.cases(), pause)
      return { last, news, waiting: steps.map(({ index }) => index) }
    })
    const rows = await meter.part('write', () =>
      keepNight(store, NIGHTLY.name, judged, { news, waiting, last }, pause),
    )
    return { rows, cases: waiting.length }
  }

  return {
    timeline,
    run: async (asOf) => {
      meter.clear()
      resetPeak()
      let found = { rows: 0, cases: 0 }
      let took = NOTHING
      const stall = await worstStall(async () => {
        const end = clocks()
        found = await night(asOf)
        took = end()
      })
      const parts = meter.parts()
      const inJudge = (of: 'wall' | 'cpu') => parts.refresh[of] + parts.features[of] + parts.forecast[of]
      const { judge } = parts
      const own = { wall: judge.wall - inJudge('wall'), cpu: judge.cpu - inJudge('cpu') }
      return { ...took, parts: { ...parts, judge: own }, stall, rss: peak(), ...found }
    },
    probabilities: () => latest,
    close: async () => {
      await timeline.close()
      await bulk?.close()
    },
  }
}

const NOTHING = { wall: 0, cpu: 0 }

function clocks(): () => { wall: number; cpu: number } {
  const cpu = process.cpuUsage()
  const start = performance.now()
  return () => {
    const { user, system } = process.cpuUsage(cpu)
    return { wall: performance.now() - start, cpu: (user + system) / 1000 }
  }
}

function openMeter() {
  const took = new Map<Part, { wall: number; cpu: number }>()
  return {
    clear: () => took.clear(),
    parts: () =>
      Object.fromEntries(PARTS.map((part) => [part, took.get(part) ?? NOTHING])) as NightTook['parts'],
    async part<T>(name: Part, work: () => Promise<T>): Promise<T> {
      const end = clocks()
      const result = await work()
      const [before, now] = [took.get(name) ?? NOTHING, end()]
      took.set(name, { wall: before.wall + now.wall, cpu: before.cpu + now.cpu })
      return result
    },
  }
}

/** The system keeps the most memory a process ever had; from here on it counts anew. */
function resetPeak(): void {
  writeFileSync('/proc/self/clear_refs', '5')
}

function peak(): number {
  const [, kilobytes] = /VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8')) ?? []
  return Number(kilobytes) * 1024
}
