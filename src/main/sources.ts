import { setTimeout as pause } from 'node:timers/promises'
import { maskedContacts } from '../../templates/mask.ts'
import type { Context } from '../context.ts'
import { rangesOf } from '../features/ranges.ts'
import { fileSource } from '../sources/file.ts'
import { hubspotSource } from '../sources/hubspot.ts'
import { intercomSource } from '../sources/intercom.ts'
import type { SourceMapping } from '../sources/mapping.ts'
import { salesforceSource } from '../sources/salesforce.ts'
import { singerSource } from '../sources/singer.ts'
import type { Source } from '../sources/source.ts'
import { sqlSource } from '../sources/sql.ts'
import { zendeskSource } from '../sources/zendesk.ts'

type Parts = Pick<Context, 'config' | 'profile' | 'clock' | 'log' | 'newId'>

/** The sources of the configuration that are pulled. A webhook is not: it sends of itself. */
export function openSources({ config, profile, clock, log, newId }: Parts): Source[] {
  const environment = {
    ...{ baseFolder: config.folder, company: config.company, now: () => clock.now() },
    variables: (name: string) => config.variables[name],
    ...{ log, mask: maskedContacts },
    kinds: new Set(Object.keys(profile.kinds)),
    ranges: rangesOf(profile),
  }
  const vendors = {
    ...environment,
    wait: (ms: number, signal: AbortSignal) => pause(ms, undefined, { signal }),
    chance: () => Number.parseInt(newId().slice(0, 8), 16) / 2 ** 32,
  }
  const sourceOf = (mapping: SourceMapping): Source[] => {
    switch (mapping.type) {
      case 'file':
        return [fileSource(mapping, environment)]
      case 'hubspot':
        return [hubspotSource(mapping, vendors)]
      case 'intercom':
        return [intercomSource(mapping, vendors)]
      case 'salesforce':
        return [salesforceSource(mapping, vendors)]
      case 'zendesk':
        return [zendeskSource(mapping, vendors)]
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
