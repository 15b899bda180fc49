import type { Scope } from '../records/scope.ts'
import type { Reader } from './rows.ts'
import { type StormVoices, stormVoices } from './storm-voices.ts'
import { type UnheardTable, unheardTable } from './unheard.ts'
import { type VoiceFigureTable, voiceFigureTable } from './voice-figures.ts'
import { textArray } from './voice-stage.ts'
import { type VoiceTopicTable, voiceTopicTable } from './voice-topics.ts'
import { type VoiceTable, voiceTable } from './voices.ts'

/** What is read of customers' words. */
export interface SeenTables {
  readonly voices: VoiceTable
  readonly stormVoices: StormVoices
  readonly voiceFigures: VoiceFigureTable
  readonly voiceTopics: VoiceTopicTable
  readonly unheard: UnheardTable
}

/** The same tables as far as somebody sees them; a null scope: all of it. LTVs count in the company's currency. */
export function seenTables(pool: Reader, scope: Scope | null, currency: string): SeenTables {
  const seen = scope === null ? pool : seenThrough(pool, scope)
  const voices = voiceTable(seen, currency)
  return {
    // Its statement stands within a literal, where no name can be given to a part of a table.
    voices: scope === null ? voices : { ...voices, vocabulary: async () => [] },
    stormVoices: stormVoices(seen, currency),
    voiceFigures: voiceFigureTable(seen),
    voiceTopics: voiceTopicTable(seen),
    unheard: unheardTable(seen, currency),
  }
}

/**
 * Every statement reads parts of the tables under the tables' own names, so that none can forget to. A voice is seen by
 * whose customer it is and by the store it names. The scope comes from a checked configuration and stands as literals.
 */
function seenThrough(pool: Reader, { owners, sites }: Scope): Reader {
  const [ofOwners, ofSites] = [textArray(owners), textArray(sites)]
  const spoken = `site = ANY (${ofSites}) OR customer IN (SELECT id FROM customer)`
  const parts = [
    `customer AS NOT MATERIALIZED (
      SELECT * FROM customer WHERE owner = ANY (${ofOwners}) OR site = ANY (${ofSites}))`,
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
