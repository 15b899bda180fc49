import type { FeatureList } from '../features/feature-list.ts'
import { matrixOver } from '../features/kernel.ts'
import { sharedRoomFor } from '../features/memory.ts'
import { type SegmentTables, segmentsOver } from '../features/segment.ts'
import type { SegmentPlan } from '../features/segment-plan.ts'
import { wordlessSignals } from '../signals/index.ts'
import { withRules } from '../signals/rule-changes.ts'
import type { History } from '../timeline/history.ts'
import { assessmentOf, isExplained } from './assess.ts'
import type { Assessment } from './assessment.ts'
import { environmentOf, type Judging } from './environment.ts'
import type { Forecaster } from './forecaster.ts'
import { gistFrom } from './gist.ts'
import { judgeOver } from './judge.ts'
import { differs } from './last-kept.ts'
import { segmentsAt } from './place.ts'
import type { ScoringTerms } from './scorer-parts.ts'
import type { HistoriesAt } from './snapshot.ts'
import type { Answer, Asked, ModelTold, NightTold, Similar } from './told.ts'
import { verdictOf } from './verdict.ts'
import { writing } from './written.ts'

let nights = 0

/** What threads are told of a night, but for what is known only once it begins. */
export function toldOf(
  { size, horizon, features }: HistoriesAt,
  judging: Judging,
  similar: Similar,
  plan: SegmentPlan | undefined,
  { rules = [], signalTerms }: Pick<ScoringTerms, 'rules' | 'signalTerms'>,
): Omit<NightTold, 'apart' | 'marks'> {
  const { highValueFrom, bands, odds, unhealthy, segments, forecasts = null } = judging
  nights += 1
  return {
    night: nights,
    horizon,
    features: features.values,
    rules,
    silence: signalTerms?.silence,
    highValueFrom,
    bands,
    odds,
    unhealthy,
    model:
      forecasts === null
        ? null
        : {
            name: forecasts.forecaster.name,
            days: forecasts.forecaster.days,
            isExplained: forecasts.forecaster.explain !== null,
            probabilities: sharedFloats(forecasts.probabilities, size),
            unspoken: sharedFloats(forecasts.unspoken, size),
          },
    plan: plan ?? null,
    groups: segments === null ? null : sharedTables(segments),
    similar: {
      groups: sharedBytes(similar.groups),
      members: sharedNumbers(similar.members),
      starts: similar.starts,
      medians: similar.medians,
    },
  }
}

/** A customer's history, by the place among those who are asked about. */
type HistoryAt = (nth: number) => History

/** What a thread judges a night by, made once for all of its shares. */
export interface ShareJudge {
  /** Judges everyone at these places whom threads can judge; gives how many were told at a glance. */
  judge(places: Int32Array, historyAt: HistoryAt): number
  assess(asked: Asked, historyAt: HistoryAt): Answer
}

export function shareJudge(told: NightTold, list: FeatureList): ShareJudge {
  const { timeZone } = list
  const profile = withRules(list.profile, told.rules)
  const { model, plan, groups, apart, horizon } = told
  const features = matrixOver(list, told.features)
  const segments =
    groups === null || plan === null ? null : segmentsOver({ profile, plan, matrix: features }, groups)
  const environments = environmentOf(
    { facts: [], size: apart.length, features, horizon },
    {
      profile,
      signals: wordlessSignals(profile, timeZone, told.unhealthy, told.silence),
      highValueFrom: told.highValueFrom,
      mutes: undefined,
      segments,
      similar: told.similar,
      bands: told.bands,
      odds: told.odds,
      forecasts: model === null ? null : { ...model, forecaster: forecasterTold(model) },
    },
  )
  const { look } = judgeOver(environments, segments, told.marks)

  /** Null: no thread can tell. */
  function assess(index: number, history: History): Assessment | null {
    if (apart[index] === 1) return null
    const env = environments.of(index)
    const verdict = verdictOf(history, env)
    if (isExplained(verdict, env)) return null
    return assessmentOf(verdict, history, env, segmentsAt(index, verdict, segments))
  }

  return {
    judge(places, historyAt) {
      let glances = 0
      for (let nth = 0; nth < places.length; nth += 1) {
        const index = places[nth]!
        if (apart[index] !== 1 && look(index, historyAt(nth))) glances += 1
      }
      return glances
    },
    assess({ indices, standings, factors, memory }, historyAt) {
      const list = writing(indices.length, memory)
      const left: number[] = []
      for (let nth = 0; nth < indices.length; nth += 1) {
        const assessment = assess(indices[nth]!, historyAt(nth))
        if (assessment === null) left.push(nth)
        else {
          const before = { standing: standings[nth]!, factors: factors[nth]! }
          const gist = gistFrom(told.marks, indices[nth]!, assessment)
          if (differs(before, gist)) list.add(assessment, gist)
        }
      }
      return { written: list.end(), left }
    },
  }
}

/** A model whose word is known; what it rests on is explained by whoever has it. */
function forecasterTold({ name, days, isExplained }: ModelTold): Forecaster {
  const notHere = (): never => {
    throw new Error('A thread that judges has no model to ask.')
  }
  return { name, days, forecast: notHere, explain: isExplained ? notHere : null }
}

function sharedTables({ rfm: { r, f, m, class: rfmClass }, lifecycle, value }: SegmentTables): SegmentTables {
  return {
    rfm: { r: sharedBytes(r), f: sharedBytes(f), m: sharedBytes(m), class: sharedBytes(rfmClass) },
    lifecycle: sharedBytes(lifecycle),
    value: sharedBytes(value),
  }
}

function sharedBytes(values: Uint8Array): Uint8Array {
  const shared = sharedRoomFor(Uint8Array, values.length)
  shared.set(values)
  return shared
}

function sharedNumbers(values: Int32Array): Int32Array {
  const shared = sharedRoomFor(Int32Array, values.length)
  shared.set(values)
  return shared
}

function sharedFloats(values: Float32Array, size: number): Float32Array {
  if (values.buffer instanceof SharedArrayBuffer && values.length === size) return values
  const shared = sharedRoomFor(Float32Array, size)
  shared.set(values)
  return shared
}
