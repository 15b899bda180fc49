import { expect, test } from 'vitest'
import type { Person, Sees } from '../../src/records/person.ts'
import { scopeOf } from '../../src/records/scope.ts'

const person = (id: string, lead: string | null, sees?: Sees): Person => ({
  ...{ id, lead, name: { zh: id, en: id }, role: 'csm', locale: 'zh', timeZone: 'UTC' },
  ...{ substitute: null, region: null },
  ...(sees === undefined ? {} : { sees }),
})
const TEAM = [
  person('gu', null, 'team'),
  person('shen', 'gu', 'team'),
  person('lin', 'shen', 'own'),
  person('zhou', 'shen', 'team'),
  person('wu', 'gu', 'team'),
  person('alone', null, 'team'),
  person('he', 'shen', { sites: ['虹桥店'] }),
  person('ye', null),
]

test.each([
  ['ye', null],
  ['lin', { owners: ['lin'], sites: [], holders: ['lin'] }],
  // Of a store, and whoever's case is one's own.
  ['he', { owners: [], sites: ['虹桥店'], holders: ['he'] }],
  // Who leads sees all below; who does not, those with the same lead.
  [
    'gu',
    {
      owners: ['gu', 'shen', 'wu', 'lin', 'zhou', 'he'],
      sites: [],
      holders: ['gu', 'shen', 'wu', 'lin', 'zhou', 'he'],
    },
  ],
  ['shen', { owners: ['shen', 'lin', 'zhou', 'he'], sites: [], holders: ['shen', 'lin', 'zhou', 'he'] }],
  ['zhou', { owners: ['lin', 'zhou', 'he'], sites: [], holders: ['lin', 'zhou', 'he'] }],
  ['wu', { owners: ['shen', 'wu'], sites: [], holders: ['shen', 'wu'] }],
  ['alone', { owners: ['alone'], sites: [], holders: ['alone'] }],
])('%s sees %j', (id, scope) => {
  expect(scopeOf(TEAM.find((each) => each.id === id)!, TEAM)).toEqual(scope)
})

test('leads in a circle come to an end', () => {
  const circle = [person('a', 'b', 'team'), person('b', 'a', 'team')]
  expect(scopeOf(circle[0]!, circle)).toEqual({ owners: ['a', 'b'], sites: [], holders: ['a', 'b'] })
})
