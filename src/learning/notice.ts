import type { Text } from '../text.ts'
import type { DriftReport } from './drift.ts'
import type { Trial } from './trial.ts'

/** What the program tells its keepers, as it is stored. */
export type Notice =
  | {
      readonly kind: 'model-trained'
      readonly data: { readonly no: number; readonly algorithm: string; readonly trial: Trial }
    }
  | { readonly kind: 'model-not-yet'; readonly data: { readonly says: Text } }
  | { readonly kind: 'model-failed'; readonly data: { readonly why: Text } }
  | {
      readonly kind: 'model-in-use'
      readonly data: { readonly no: number | null; readonly before: number | null; readonly by: Text }
    }
  | { readonly kind: 'drift'; readonly data: DriftReport }
