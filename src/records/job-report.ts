/** What a run did; kept with the run and shown in `stats`. */
export interface JobReport {
  readonly seen: number
  readonly changed: number
  readonly failed: number
  /** Further counts by name. */
  readonly more?: Readonly<Record<string, number>>
}
