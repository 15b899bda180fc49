import { z } from 'zod'
import { fileMappingSchema } from './file/mapping.ts'
import type { RowMapping } from './row-mapping.ts'
import { ALWAYS, singerMappingSchema } from './singer/mapping.ts'
import { sqlMappingSchema } from './sql/mapping.ts'
import { webhookMappingSchema } from './webhook/mapping.ts'

/** One entry of `sources:` in foreshock.yaml: each type of source says in its own file what it needs to know. */
export const sourceMappingSchema = z.discriminatedUnion('type', [
  fileMappingSchema,
  singerMappingSchema,
  sqlMappingSchema,
  webhookMappingSchema,
])

export type SourceMapping = z.infer<typeof sourceMappingSchema>

/** The kinds of rows that a source yields, each with its meaning. */
export function rowMappings(mapping: SourceMapping): readonly RowMapping[] {
  return mapping.type === 'singer' ? mapping.streams : [mapping]
}

/** Environment variables that a source names, for what must not stand in a file: tokens, passwords, addresses that carry one. */
export function variablesOf(mapping: SourceMapping): readonly string[] {
  if (mapping.type === 'sql') return [mapping.url]
  return mapping.type === 'singer' ? [...ALWAYS, ...mapping.env] : []
}
