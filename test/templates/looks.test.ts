import { expect, test } from 'vitest'
import { LOCALES, type Locale, same } from '../../src/text.ts'
import { type GroupsCardData, groupsCard } from '../../templates/groups.ts'
import { customer, view } from './cases.ts'
import { render } from './render.ts'

/** What managers and admins look at. */

const money = { currency: 'CNY', features: new Set<string>() }
const emily = { ...customer, id: 'c-77', no: 77, name: 'Emily Carter' }
const both = (draw: (locale: Locale) => string) => LOCALES.map((locale) => draw(locale)).join('\n\n=====\n\n')

test('top in groups', () => {
  const data: GroupsCardData = {
    by: 'store',
    asked: 'top 20 by store',
    rows: [
      {
        name: same('虹桥店'),
        counts: { P0: 2, P1: 5, P2: 0, watch: 12 },
        atStakeMinor: 120_345_600,
        worst: customer,
      },
      { name: null, counts: { P0: 0, P1: 0, P2: 0, watch: 1 }, atStakeMinor: null, worst: emily },
    ],
    total: 2,
    page: 1,
    pages: 1,
    money,
    dataAgeHours: 0,
  }
  expect(both((locale) => render(groupsCard(data, view(locale))))).toMatchSnapshot()
  const nobody = { ...data, rows: [], total: 0 }
  expect(both((locale) => render(groupsCard(nobody, view(locale))))).toMatchSnapshot()
})
