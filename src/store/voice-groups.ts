import type { Groups, VoiceGrouping } from '../reports/voice-rows.ts'
import { JOINED, STAGE_JOINS, stageSql } from './voice-stage.ts'

/** The group of a row: of the voice `v` where it names one, else of its customer `c`; segments come as `s`. */
const OF_VOICE: Readonly<Record<Exclude<VoiceGrouping, 'stage'>, string>> = {
  all: 'NULL::text',
  site: 'coalesce(v.site, c.site)',
  product: 'coalesce(v.product, c.product)',
  region: 'c.region',
  segment: 's.name',
}
const OF_CUSTOMER: typeof OF_VOICE = {
  ...OF_VOICE,
  site: 'c.site',
  product: 'c.product',
}

const CUSTOMER = 'LEFT JOIN customer c ON c.id = v.customer'
// Both values of a segment are given to every statement, so that all have the same places for the others.
const SEGMENTS = 'LEFT JOIN unnest($1::uuid[], $2::text[]) AS s (id, name) ON s.id = v.customer'

/** Pieces of a statement whose rows are `v`: what to group by, and what to join for that. Only voices have a stage. */
export function grouped({ by, stages }: Groups, of: 'voice' | 'customer'): { key: string; joins: string } {
  if (by === 'stage') {
    if (of === 'customer' || stages === undefined) return { key: 'NULL::text', joins: SEGMENTS }
    return { key: stageSql(stages, JOINED), joins: `${CUSTOMER} ${STAGE_JOINS} ${SEGMENTS}` }
  }
  const key = (of === 'voice' ? OF_VOICE : OF_CUSTOMER)[by]
  return { key, joins: `${by === 'all' ? '' : CUSTOMER} ${SEGMENTS}` }
}

/** The first two values of every such statement. */
export function memberValues({ members = [] }: Groups): [ids: string[], names: string[]] {
  return [members.map(({ customer }) => customer), members.map(({ segment }) => segment)]
}
