import type { Text } from '../text.ts'

/** What a run did; kept with the run and shown in `stats`. */
export interface JobReport {
  readonly seen: number
  readonly changed: number
  readonly failed: number
  /** Further counts by name. */
  readonly more?: Readonly<Record<string, number>>
  /** After a pull that brought something: how many rows carry each field that they could. */
  readonly fields?: readonly {
    readonly group: string
    readonly label: Text
    readonly filled: number
    readonly of: number
  }[]
}
