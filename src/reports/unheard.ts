import type { CustomerLine } from './customer-line.ts'

/** A customer who is still here and has said nothing for a while. */
export interface Unheard extends CustomerLine {
  /** Null: not said; who refused is not listed. */
  readonly contactConsent: boolean | null
  /** Their last words; null: never any. */
  readonly heardAt: Date | null
}

export interface UnheardList {
  readonly rows: readonly Unheard[]
  readonly total: number
  /** Of the same kind, who refused to be contacted. */
  readonly refused: number
  /** All who are still here, heard or not. */
  readonly active: number
}
