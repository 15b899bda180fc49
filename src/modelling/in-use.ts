import { ForeshockError, isExpected } from '../errors.ts'
import { featureNames } from '../features/feature-list.ts'
import type { Profile } from '../features/profile.ts'
import { MODEL_SETTING, type ModelRecord, readModelInUse } from '../learning/model-record.ts'
import { readSidecar, refuseOtherChurn, type Sidecar } from '../learning/sidecar.ts'
import type { Log } from '../log.ts'
import type { Forecaster } from '../risk/forecaster.ts'
import { type LearnedModel, openProven } from '../risk/learned-model.ts'
import type { ModelFiles } from '../risk/model-files.ts'
import { type ModelScorer, openBulk } from '../risk/model-scorer.ts'
import { type Text, text } from '../text.ts'
import { explanationOf } from './explanation.ts'
import { inWords } from './in-words.ts'
import { modelRowsOf } from './rows.ts'

/** What the model in use needs of the store. */
export interface ModelShelf {
  get(no: number): Promise<ModelRecord | null>
  onnx(no: number): Promise<Uint8Array | null>
}

/** The model in use, opened once and kept open. */
export interface InUse {
  readonly no: number
  readonly sidecar: Sidecar
  readonly forecaster: Forecaster
}

export interface InUseKeeper {
  /** Null: there is none, or it cannot be used (`fault` says why) and rules stand alone. */
  current(): Promise<InUse | null>
  fault(): Text | null
  /** Any model, kept or only read, opened for a look; close it after. Throws what is wrong with it. */
  peek(model: number | ModelFiles): Promise<InUse & { close(): Promise<void> }>
  close(): Promise<void>
}

export function openInUse(parts: {
  profile: Profile
  models: ModelShelf
  settings: { all(): Promise<ReadonlyMap<string, unknown>> }
  log: Log
}): InUseKeeper {
  let open: { readonly inUse: InUse; close(): Promise<void> } | null = null
  let fault: { readonly no: number; readonly why: Text } | null = null
  let turn: Promise<unknown> = Promise.resolve()

  async function look(): Promise<InUse | null> {
    const no = readModelInUse((await parts.settings.all()).get(MODEL_SETTING))
    if (no === null || no !== fault?.no) fault = null
    if (open?.inUse.no !== no) await release()
    if (no === null || fault !== null) return null
    if (open !== null) return open.inUse
    try {
      open = await openNumber(no)
      return open.inUse
    } catch (error) {
      if (!isExpected(error)) parts.log.error({ error, model: no }, 'the model in use cannot be opened')
      fault = { no, why: whyOf(no, error) }
      parts.log.error({ model: no, why: fault.why.en }, 'rules judge alone')
      return null
    }
  }

  async function release(): Promise<void> {
    const leaving = open
    open = null
    await leaving?.close()
  }

  async function openNumber(no: number) {
    const [record, file] = [await parts.models.get(no), await parts.models.onnx(no)]
    if (record === null || file === null) throw gone(no)
    const usedOn = { profile: parts.profile.name, features: featureNames(parts.profile) }
    const sidecar = readSidecar(JSON.stringify(record.sidecar), `M-${no}`, usedOn)
    return openFiles(no, { file, sidecar })
  }

  async function openFiles(no: number, files: ModelFiles) {
    refuseOtherChurn(files.sidecar, parts.profile.churn)
    const learned = await openProven(files)
    const scorers = scorersOf(learned)
    return {
      close: scorers.close,
      inUse: { no, sidecar: files.sidecar, forecaster: forecasterOf(no, learned, scorers) },
    }
  }

  function forecasterOf(
    no: number,
    { sidecar, model, explainer }: LearnedModel,
    { scorerFor }: Scorers,
  ): Forecaster {
    return {
      name: `M-${no}`,
      days: sidecar.label.horizonDays,
      forecast: async ({ features, size }, signal) => {
        const rows = modelRowsOf(sidecar.features, features)
        try {
          return (await scorerFor(size).scoreRows(rows, size, signal)).probability
        } catch (error) {
          if (signal?.aborted === true) throw error
          parts.log.error({ error, model: no }, 'the model in use could not score; rules judge alone')
          fault = { no, why: whyOf(no, error) }
          await release()
          return new Float32Array(size).fill(Number.NaN)
        }
      },
      explain:
        model === null || explainer === null ? null : explanationOf(model, explainer, sidecar, parts.profile),
    }
  }

  return {
    current: () => {
      const next = turn.then(look)
      turn = next.catch(() => undefined)
      return next
    },
    fault: () => fault?.why ?? null,
    peek: async (model) => {
      const { inUse, close } = await (typeof model === 'number' ? openNumber(model) : openFiles(0, model))
      return { ...inUse, close }
    },
    close: release,
  }
}

/** Rows from which on our own code scores, in threads: its start costs more than it saves for fewer. */
const MANY = 20_000
const THREADS = 2

interface Scorers {
  scorerFor(rows: number): ModelScorer
  close(): Promise<void>
}

/** The model's file for few rows, our own code (which the file has proved to agree with) for a night of many. */
function scorersOf({ scorer, model, sidecar }: LearnedModel): Scorers {
  let bulk: ModelScorer | null = null
  return {
    scorerFor: (rows) => {
      if (rows < MANY || model === null || sidecar.algorithm === 'foreign') return scorer
      bulk ??= openBulk(model, sidecar.calibration, THREADS)
      return bulk
    },
    close: async () => {
      await bulk?.close()
      await scorer.close()
    },
  }
}

function whyOf(no: number, error: unknown): Text {
  const { zh, en } = inWords(error)
  return text(
    `模型 M-${no} 用不了，目前只按规则判断。${zh}`,
    `Model M-${no} cannot be used, so rules judge alone. ${en}`,
  )
}

function gone(no: number): ForeshockError {
  return new ForeshockError(
    'NOT_FOUND',
    text(`数据库里没有模型 M-${no}。`, `There is no model M-${no} in the database.`),
    {
      ...text('用 promote 换一个。', 'Put another to use with promote.'),
      shell: 'Put another to use with `foreshock promote`; `foreshock models` lists them.',
    },
  )
}
