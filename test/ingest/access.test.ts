import { expect, test } from 'vitest'
import { parseConfig } from '../../src/config.ts'
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

const COMPANY = `
company: { name: Yuanshan, timeZone: Asia/Shanghai, currency: CNY }
profile: auto
people:
  - { id: ye, name: Ye, role: admin }
channels:
  - { id: alerts, title: Alerts, tiers: [P0, P1, P2] }
sources:
  - { name: tickets, type: webhook, record: feedback, fields: { at: at, channel: via, text: said } }
`

test('a webhook needs no path, and may not stand where our own addresses are', () => {
  const read = (yaml: string) => parseConfig(yaml, 'foreshock.yaml')
  expect(read(COMPANY)).toMatchObject({
    sources: [{ type: 'webhook', dateFormat: 'iso' }],
    ingest: { perSecond: 500 },
  })
  expect(() => read(COMPANY.replace('tickets', 'events'))).toThrow('/ingest/events is there already')
  expect(() => read(COMPANY.replace('webhook', 'webhok'))).toThrow(
    /"webhok" is not one of file, .*webhook.*\. Did you mean "webhook"\?/,
  )
  expect(() => read(`${COMPANY}ingest: { perSecond: 0 }\n`)).toThrow('"0" is too small; the least is 1')
})
