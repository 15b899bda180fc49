import type { Action } from './alert.ts'

/** A move of a case, or a change of anything that is no case: a setting, an account, a theme, the calendar. */
export type DoneEntry =
  | ({ readonly kind: 'case'; readonly no: number } & Pick<
      Action,
      'at' | 'by' | 'verb' | 'from' | 'to' | 'note'
    >)
  | {
      readonly kind: 'change'
      readonly at: Date
      readonly by: string
      /** Of the setting, or of what was changed: `theme T-3`, `voice V-12`. */
      readonly name: string
      readonly before: unknown
      readonly after: unknown
    }
