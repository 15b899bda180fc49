import { type ErrorCode, ForeshockError } from '../errors.ts'
import type { Columns } from '../features/columns.ts'
import type { Profile } from '../features/profile.ts'
import type { Sidecar } from '../learning/sidecar.ts'
import type { TooEarly } from '../learning/slices.ts'
import { startThread } from '../thread.ts'
import type { Dismissed } from './lesson.ts'
import type { Tested } from './trial.ts'

/** Everything a training needs, as it is sent to its thread. */
export interface Lecture {
  readonly profile: Profile
  readonly timeZone: string
  readonly columns: Columns
  readonly now: Date
  readonly dismissed: readonly Dismissed[]
  readonly seed: number
  readonly version: string
}

/** A model as it is kept, and the cases it was tested on. */
export interface Taught {
  readonly algorithm: string
  readonly onnx: Uint8Array
  readonly sidecar: Sidecar
  readonly tested: Tested
}

export type FromTeacher =
  | { readonly kind: 'progress'; readonly share: number }
  | { readonly kind: 'too-early'; readonly why: TooEarly }
  | { readonly kind: 'learned'; readonly taught: Taught }
  /** An expected error keeps its words in both languages; anything else is a bug and has only its message. */
  | { readonly kind: 'refused'; readonly code: ErrorCode; readonly said: ForeshockError['said'] }
  | { readonly kind: 'failed'; readonly why: string }

/** Learns on a thread of its own. Rejects with the signal's reason when aborted; the thread is then ended. */
export function teachElsewhere(
  lecture: Lecture,
  signal: AbortSignal,
  progress: (share: number) => void,
): Promise<Taught | TooEarly> {
  signal.throwIfAborted()
  const thread = startThread(import.meta.url, './teach-worker', { lecture })
  return new Promise<Taught | TooEarly>((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
    thread.on('error', reject)
    thread.on('exit', (code) => reject(new Error(`the training ended early (${code})`)))
    thread.on('message', (message: FromTeacher) => {
      if (message.kind === 'progress') progress(message.share)
      else if (message.kind === 'learned') resolve(message.taught)
      else if (message.kind === 'too-early') resolve(message.why)
      else if (message.kind === 'refused')
        reject(new ForeshockError(message.code, message.said.what, message.said.hint))
      else reject(new Error(message.why))
    })
  }).finally(() => thread.terminate())
}
