import { expect, test } from 'vitest'
import { ingestAccess, ingestSources } from '../../src/ingest/access.ts'

const LONG = 'a-secret-long-enough'

test('senders have names, and a secret that is being changed stands there twice', () => {
  expect(ingestAccess({})).toBeNull()
  expect(ingestAccess({ FORESHOCK_INGEST_TOKEN: ' , ' })).toBeNull()
  const access = ingestAccess({
    FORESHOCK_INGEST_TOKEN: `desk:${LONG}, desk:${LONG}-2`,
    FORESHOCK_INGEST_SECRET: LONG,
  })
  expect(access).toEqual({
    tokens: [
      { name: 'desk', secret: LONG },
      { name: 'desk', secret: `${LONG}-2` },
    ],
    secrets: [{ name: 'webhook', secret: LONG }],
  })
  expect(ingestSources(access)).toEqual(['ingest:desk', 'ingest:webhook'])
})

test.each([
  ['desk:short', 'Entry 1 of FORESHOCK_INGEST_TOKEN is shorter than 16 characters or has blanks in it.'],
  [`ok:${LONG},Help Desk:${LONG}`, 'Entry 2 of FORESHOCK_INGEST_TOKEN has no name before its colon'],
  [`desk:a secret with blanks in it`, 'has blanks in it'],
])('a secret that is none is refused and not repeated', (token, words) => {
  const refused = () => ingestAccess({ FORESHOCK_INGEST_TOKEN: token })
  expect(refused).toThrow(words)
  expect(refused).not.toThrow(/short$|secret with/)
})
