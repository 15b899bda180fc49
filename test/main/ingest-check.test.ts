import { expect, test } from 'vitest'
import { ingestAccess } from '../../src/ingest/access.ts'
import { ingestFindings } from '../../src/main/ingest-check.ts'
import { openProfile } from '../../src/main/parts.ts'
import { sourceMappingSchema } from '../../src/sources/mapping.ts'

const profile = openProfile({ profile: 'auto', folder: '.' })
const webhook = sourceMappingSchema.parse({
  ...{ name: 'orders', type: 'webhook', record: 'event', kinds: { 退货: 'refnd' } },
  fields: { customer: { crm: 'id' }, kind: 'what', at: 'at' },
})

function findings(sources: (typeof webhook)[], env: Record<string, string> = {}) {
  const access = { slack: null, lark: null, ingest: ingestAccess(env) }
  const config = { access, sources } as unknown as Parameters<typeof ingestFindings>[0]['config']
  return ingestFindings({ config, profile }).map(({ ok, about, detail }) => `${ok} ${about}: ${detail}`)
}

test('doctor says whether anything is taken in over HTTP, from whom, and what keeps a webhook from it', () => {
  expect(findings([])).toEqual([
    'false sources: nothing comes in: list sources in the file, or set FORESHOCK_INGEST_TOKEN or FORESHOCK_INGEST_SECRET',
  ])
  const files = sourceMappingSchema.parse({
    ...{ name: 'shop', type: 'file', path: './exports', record: 'customer' },
    fields: { keys: { crm: 'id' } },
  })
  expect(findings([files])).toEqual([
    'true ingest over HTTP: off; set FORESHOCK_INGEST_TOKEN or FORESHOCK_INGEST_SECRET to take in feedback and events at once',
  ])
  expect(findings([webhook])).toEqual([
    expect.stringContaining('false ingest over HTTP: /ingest/orders cannot be used'),
  ])
  const env = {
    FORESHOCK_INGEST_TOKEN: 'desk:sixteen-letters-1,desk:sixteen-letters-2',
    FORESHOCK_INGEST_SECRET: 'app:sixteen-letters-3',
  }
  expect(findings([webhook], env)).toEqual([
    'true ingest over HTTP: on: POST /ingest/feedback, /ingest/events, /ingest/orders with tokens of desk; signatures of app',
    expect.stringMatching(
      /^false source orders: the mapping names the kind "refnd".*Did you mean "refund"\?/,
    ),
  ])
})
