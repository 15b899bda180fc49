import type { Context } from '../context.ts'
import { meaningProblems } from '../sources/meaning.ts'

/** What `doctor` says of taking in over HTTP. */
export function ingestFindings({
  config,
  profile,
}: Pick<Context, 'config' | 'profile'>): { about: string; ok: boolean; detail: string; note?: true }[] {
  const about = 'ingest over HTTP'
  const { ingest } = config.access
  const webhooks = config.sources.filter((source) => source.type === 'webhook')
  const set = 'set FORESHOCK_INGEST_TOKEN or FORESHOCK_INGEST_SECRET'
  const named = webhooks.map(({ name }) => `/ingest/${name}`)
  if (ingest === null && config.sources.length === 0) {
    return [{ about: 'sources', ok: false, detail: `nothing comes in: list sources in the file, or ${set}` }]
  }
  if (ingest === null) {
    return named.length === 0
      ? [{ about, ok: true, note: true, detail: `off; ${set} to take in feedback and events at once` }]
      : [{ about, ok: false, detail: `${named.join(', ')} cannot be used: ${set}` }]
  }
  const doors = ['/ingest/feedback', '/ingest/events', ...named].join(', ')
  const who = [...naming('tokens of', ingest.tokens), ...naming('signatures of', ingest.secrets)].join('; ')
  const kinds = new Set(Object.keys(profile.kinds))
  const faults = webhooks.flatMap((mapping) =>
    meaningProblems(mapping, kinds).map((says) => ({ mapping, says })),
  )
  return [
    { about, ok: true, detail: `on: POST ${doors} with ${who}` },
    ...faults.map(({ mapping, says }) => ({ about: `source ${mapping.name}`, ok: false, detail: says.en })),
  ]
}

function naming(what: string, senders: readonly { readonly name: string }[]): string[] {
  const names = [...new Set(senders.map(({ name }) => name))]
  return names.length === 0 ? [] : [`${what} ${names.join(', ')}`]
}
