import { maskedContacts } from '../../templates/mask.ts'
import type { Context } from '../context.ts'
import { fileSource } from '../sources/file.ts'
import type { SourceMapping } from '../sources/mapping.ts'
import { singerSource } from '../sources/singer.ts'
import type { Source } from '../sources/source.ts'
import { sqlSource } from '../sources/sql.ts'

type Parts = Pick<Context, 'config' | 'profile' | 'clock' | 'log'>

/** The sources of the configuration that are pulled. A webhook is not: it sends of itself. */
export function openSources({ config, profile, clock, log }: Parts): Source[] {
  const environment = {
    ...{ baseFolder: config.folder, company: config.company, now: () => clock.now() },
    variables: (name: string) => config.variables[name],
    ...{ log, mask: maskedContacts },
    kinds: new Set(Object.keys(profile.kinds)),
  }
  const sourceOf = (mapping: SourceMapping): Source[] => {
    switch (mapping.type) {
      case 'file':
        return [fileSource(mapping, environment)]
      case 'singer':
        return [singerSource(mapping, environment)]
      case 'sql':
        return [sqlSource(mapping, environment)]
      case 'webhook':
        return []
    }
  }
  return config.sources.flatMap(sourceOf)
}
