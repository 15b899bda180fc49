import { z } from 'zod'
import { isObject } from './cells.ts'
import { fileMappingSchema } from './file/mapping.ts'
import { hubspotMappingSchema } from './hubspot/mapping.ts'
import { HUBSPOT_USUAL } from './hubspot/usual.ts'
import { intercomKinds, intercomMappingSchema } from './intercom/mapping.ts'
import { INTERCOM_USUAL } from './intercom/usual.ts'
import type { RowMapping } from './row-mapping.ts'
import { salesforceMappingSchema } from './salesforce/mapping.ts'
import { SALESFORCE_USUAL } from './salesforce/usual.ts'
import { ALWAYS, singerMappingSchema } from './singer/mapping.ts'
import { sqlMappingSchema } from './sql/mapping.ts'
import { completedKinds, completedObject } from './vendor/mapping.ts'
import { webhookMappingSchema } from './webhook/mapping.ts'
import { zendeskKinds, zendeskMappingSchema } from './zendesk/mapping.ts'
import { ZENDESK_USUAL } from './zendesk/usual.ts'

/** One entry of `sources:` in foreshock.yaml: each type of source says in its own file what it needs to know. */
export const sourceMappingSchema = z.preprocess(
  completed,
  z.discriminatedUnion('type', [
    fileMappingSchema,
    singerMappingSchema,
    sqlMappingSchema,
    webhookMappingSchema,
    hubspotMappingSchema,
    intercomMappingSchema,
    salesforceMappingSchema,
    zendeskMappingSchema,
  ]),
)

export type SourceMapping = z.infer<typeof sourceMappingSchema>

/** What a vendor calls its things is known: an entry need not say it. */
function completed(entry: unknown): unknown {
  if (!isObject(entry)) return entry
  switch (entry['type']) {
    case 'hubspot':
      return completedObject(entry, HUBSPOT_USUAL)
    case 'intercom':
      return completedKinds(entry, INTERCOM_USUAL)
    case 'salesforce':
      return completedObject(entry, SALESFORCE_USUAL)
    case 'zendesk':
      return completedKinds(entry, ZENDESK_USUAL)
    default:
      return entry
  }
}

/** The kinds of rows that a source yields, each with its meaning. */
export function rowMappings(mapping: SourceMapping): readonly RowMapping[] {
  switch (mapping.type) {
    case 'intercom':
      return Object.values(intercomKinds(mapping))
    case 'singer':
      return mapping.streams
    case 'zendesk':
      return Object.values(zendeskKinds(mapping))
    default:
      return [mapping]
  }
}

/** Environment variables that a source names, for what must not stand in a file: tokens, passwords, addresses that carry one. */
export function variablesOf(mapping: SourceMapping): readonly string[] {
  switch (mapping.type) {
    case 'hubspot':
    case 'intercom':
      return [mapping.token]
    case 'salesforce':
      return [mapping.clientId, mapping.clientSecret, mapping.refreshToken]
    case 'singer':
      return [...ALWAYS, ...mapping.env]
    case 'sql':
      return [mapping.url]
    case 'zendesk':
      return [mapping.email, mapping.token]
    default:
      return []
  }
}
