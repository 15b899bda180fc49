/** A customer in a list of whom to ask or call. */
export interface CustomerLine {
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
