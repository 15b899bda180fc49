import type { FileMapping } from '../mapping.ts'
import type { Rules } from '../to-record.ts'

/** What a file source needs to know besides its mapping. */
export interface FileEnvironment {
  /** Folder of the config file: paths of mappings start here. */
  readonly baseFolder: string
  readonly now: () => Date
  readonly company: { readonly timeZone: string; readonly currency: string }
  /** Event kinds of the profile. */
  readonly kinds: ReadonlySet<string>
  /** Most bytes a .gz may unpack to; default 4 GB. */
  readonly unpackedLimit?: number
}

/** The rules rows are read by, with "now" fixed so that both passes over a file judge alike. */
export function rulesOf(mapping: FileMapping, environment: FileEnvironment): Rules {
  return {
    now: environment.now(),
    timeZone: mapping.timeZone ?? environment.company.timeZone,
    currency: mapping.currency ?? environment.company.currency,
    dateFormat: mapping.dateFormat,
    kinds: environment.kinds,
  }
}
