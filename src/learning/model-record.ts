import type { Trial } from './trial.ts'

/** A learned model as it is kept, without its bytes. */
export interface ModelRecord {
  /** The number people see as M-3. */
  readonly no: number
  readonly profile: string
  readonly algorithm: string
  readonly madeAt: Date
  /** A person, or `retrain`. */
  readonly by: string
  /** As the description beside the ONNX file; sidecar.ts reads and checks it. */
  readonly sidecar: unknown
  /** The model card, Markdown. */
  readonly card: string
  readonly trial: Trial
}

export interface NewModel extends Omit<ModelRecord, 'no'> {
  readonly onnx: Uint8Array
}

/** Under this name the number of the model in use is stored among the settings, which keep who changed what when. */
export const MODEL_SETTING = 'model'

/** The number that is stored; null: rules judge alone. */
export function readModelInUse(stored: unknown): number | null {
  return typeof stored === 'number' && Number.isSafeInteger(stored) && stored > 0 ? stored : null
}

/** The number in `M-3`, `m3` or plain `3`, however its dash is typed; null: it is none. */
export function readModelNo(word: string): number | null {
  const found = /^(?:M\s*[-–—－]?\s*)?(\d{1,9})$/i.exec(word.trim())
  return found === null ? null : Number(found[1])
}
