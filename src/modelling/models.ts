import type { Clock } from '../clock.ts'
import type { Models } from '../context.ts'
import { modelCard } from '../learning/card.ts'
import type { NewModel } from '../learning/model-record.ts'
import type { Notice } from '../learning/notice.ts'
import type { TooEarly } from '../learning/slices.ts'
import type { Economics } from '../learning/thresholds.ts'
import type { Log } from '../log.ts'
import { inWords } from './in-words.ts'
import type { Taught } from './teacher.ts'
import { type Judge, tryOut } from './trial.ts'

export interface ModelParts {
  readonly profile: string
  readonly clock: Clock
  readonly log: Log
  /** Learns from everything known now, elsewhere than on this thread. */
  learn(now: Date, signal: AbortSignal): Promise<Taught | TooEarly>
  readonly rules: Judge
  champion(): Promise<(Judge & { readonly no: number }) | null>
  /** What a contact costs and brings, and how many the team can have in a day. */
  economics(): Promise<Economics>
  keep(model: NewModel): Promise<number>
  tell(notice: Notice): Promise<void>
  readonly drift: Models['drift']
  readonly evaluate: Models['evaluate']
  readonly adopt: Models['adopt']
  readonly fault: Models['fault']
}

/** Trainings, one at a time, each kept and told of. */
export function openModels(parts: ModelParts): Models & { close(): Promise<void> } {
  const stopping = new AbortController()
  let running: Promise<Notice> | null = null

  async function learnOne(by: string, signal: AbortSignal): Promise<Notice> {
    const now = parts.clock.now()
    const lesson = await parts.learn(now, signal)
    if ('reason' in lesson) return { kind: 'model-not-yet', data: { says: lesson.says } }
    const { tested, algorithm, onnx, sidecar } = lesson
    const trial = await tryOut(tested, parts.rules, await parts.champion(), await parts.economics())
    const no = await parts.keep({
      ...{ onnx, sidecar, algorithm, madeAt: now, by, trial },
      profile: parts.profile,
      card: modelCard(sidecar),
    })
    return { kind: 'model-trained', data: { no, algorithm, trial } }
  }

  function start(by: string, signal?: AbortSignal): Promise<Notice> {
    const both = AbortSignal.any([stopping.signal, ...(signal === undefined ? [] : [signal])])
    const turn = learnOne(by, both)
      .catch((error: unknown): Notice => {
        if (both.aborted) throw error
        parts.log.error({ error }, 'a model could not be learned')
        return { kind: 'model-failed', data: { why: inWords(error) } }
      })
      .then(async (notice) => {
        await parts.tell(notice)
        return notice
      })
      .finally(() => {
        running = null
      })
    running = turn
    return turn
  }

  return {
    train: (by, signal) => running ?? start(by, signal),
    begin: (by) => {
      if (running !== null) return false
      start(by).catch((error: unknown) => {
        if (!stopping.signal.aborted) parts.log.error({ error }, 'the end of a training could not be told')
      })
      return true
    },
    training: () => running !== null,
    drift: parts.drift,
    evaluate: parts.evaluate,
    adopt: parts.adopt,
    fault: parts.fault,
    close: async () => {
      stopping.abort()
      await running?.catch(() => {})
    },
  }
}
