/** A customer who is still here and has said nothing for a while. */
export interface Unheard {
  readonly id: string
  readonly no: number
  readonly name: string | null
  readonly site: string | null
  /** Person id. */
  readonly owner: string | null
  /** Minor units; null: not known. */
  readonly ltvMinor: number | null
  /** Null: not said; who refused is not listed. */
  readonly contactConsent: boolean | null
  /** Their last words; null: never any. */
  readonly heardAt: Date | null
  /** When they last did what counts as being a customer. */
  readonly activeAt: Date
}

export interface UnheardList {
  readonly rows: readonly Unheard[]
  readonly total: number
  /** Of the same kind, who refused to be contacted. */
  readonly refused: number
  /** All who are still here, heard or not. */
  readonly active: number
}
