import type { Text } from '../text.ts'
import type { DriftReport } from './drift.ts'
import type { Trial } from './trial.ts'

/** Why nothing could be learned yet. */
export type NotYet =
  | { readonly reason: 'too-short'; readonly days: number; readonly needed: number }
  | { readonly reason: 'too-few-leavers'; readonly leavers: number; readonly needed: number }

/** What the program tells its keepers, as it is stored. */
export type Notice =
  | {
      readonly kind: 'model-trained'
      readonly data: { readonly no: number; readonly algorithm: string; readonly trial: Trial }
    }
  | { readonly kind: 'model-not-yet'; readonly data: NotYet }
  | { readonly kind: 'model-failed'; readonly data: { readonly why: Text } }
  | {
      readonly kind: 'model-in-use'
      readonly data: { readonly no: number | null; readonly before: number | null; readonly by: Text }
    }
  | { readonly kind: 'drift'; readonly data: DriftReport }
