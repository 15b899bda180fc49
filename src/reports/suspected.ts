/** A customer who stayed away for so long that they have probably left. */
export interface Suspected {
  readonly id: string
  readonly no: number
  readonly name: string | null
  readonly site: string | null
  /** Person id. */
  readonly owner: string | null
  /** Minor units; null: not known. */
  readonly ltvMinor: number | null
  /** When they last did what counts as being a customer. */
  readonly activeAt: Date
}

export interface SuspectedList {
  readonly rows: readonly Suspected[]
  readonly total: number
}
