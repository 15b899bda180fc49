import type { Scope } from '../records/scope.ts'
import { type CustomerTable, customerTable } from './customers.ts'
import { type MergeList, mergeList } from './merge-list.ts'
import type { Db, Reader } from './rows.ts'
import { seenCustomersSql } from './seen-customers.ts'
import type { Ask } from './statement.ts'
import { type StormVoices, stormVoices } from './storm-voices.ts'
import { type SuspectedTable, suspectedTable } from './suspected.ts'
import { type UnheardTable, unheardTable } from './unheard.ts'
import { type VoiceFigureTable, voiceFigureTable } from './voice-figures.ts'
import { textArray } from './voice-stage.ts'
import { type VoiceTopicTable, voiceTopicTable } from './voice-topics.ts'
import { type VoiceTable, voiceTable } from './voices.ts'

/** What is read of customers and of their words. */
export interface SeenTables {
  readonly customers: CustomerTable
  readonly merges: MergeList
  readonly voices: VoiceTable
  readonly stormVoices: StormVoices
  readonly voiceFigures: VoiceFigureTable
  readonly voiceTopics: VoiceTopicTable
  readonly unheard: UnheardTable
  readonly suspected: SuspectedTable
}

/** The same tables as far as somebody sees them; a null scope: all of it. LTVs count in the company's currency. */
export function seenTables(
  pool: Reader,
  db: Db,
  ask: Ask,
  currency: string,
  scope: Scope | null,
): SeenTables {
  const seen = scope === null ? pool : seenThrough(pool, scope)
  const voices = voiceTable(seen, currency)
  return {
    customers: customerTable(db, ask, currency, scope),
    merges: mergeList(db, scope),
    // Its statement stands within a literal, where no name can be given to a part of a table.
    voices: scope === null ? voices : { ...voices, vocabulary: async () => [] },
    stormVoices: stormVoices(seen, currency),
    voiceFigures: voiceFigureTable(seen),
    voiceTopics: voiceTopicTable(seen),
    unheard: unheardTable(seen, currency),
    suspected: suspectedTable(seen, currency),
  }
}

/**
 * Every statement reads parts of the tables under the tables' own names, so that none can forget to. A voice is seen by
 * whose customer it is and by the store it names.
 */
function seenThrough(pool: Reader, scope: Scope): Reader {
  const spoken = `site = ANY (${textArray(scope.sites)}) OR customer IN (SELECT id FROM customer)`
  const parts = [
    `customer AS NOT MATERIALIZED (${seenCustomersSql(scope)})`,
    ...['voice_reading', 'feedback', 'event'].map(
      (table) => `${table} AS NOT MATERIALIZED (SELECT * FROM ${table} WHERE ${spoken})`,
    ),
    'voice_text AS NOT MATERIALIZED (SELECT * FROM voice_text WHERE id IN (SELECT id FROM feedback))',
  ].join(', ')
  return {
    query: (sql, values) => {
      const own = /^\s*WITH\s/.exec(sql)
      return pool.query(
        own === null ? `WITH ${parts} ${sql}` : `WITH ${parts}, ${sql.slice(own[0].length)}`,
        values,
      )
    },
  }
}
