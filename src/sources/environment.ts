import type { Ranges } from '../features/ranges.ts'
import type { Named } from './row-mapping.ts'
import type { Rules } from './to-record.ts'

/** What every source needs to know besides its mapping. */
export interface SourceEnvironment {
  /** Folder of the config file: paths of mappings start here. */
  readonly baseFolder: string
  readonly now: () => Date
  readonly company: { readonly timeZone: string; readonly currency: string }
  /** Event kinds of the profile. */
  readonly kinds: ReadonlySet<string>
  /** What numbers can be, by the profile; absent: anything. */
  readonly ranges?: Ranges
}

/** The rules rows are read by, with "now" fixed so that one pull judges all of them alike. */
export function rulesOf(mapping: Named, environment: SourceEnvironment): Rules {
  return {
    now: environment.now(),
    timeZone: mapping.timeZone ?? environment.company.timeZone,
    currency: mapping.currency ?? environment.company.currency,
    dateFormat: mapping.dateFormat,
    kinds: environment.kinds,
    ranges: environment.ranges,
  }
}
