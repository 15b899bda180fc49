import { expect, test } from 'vitest'
import { HOUR } from '../../src/clock.ts'
import { LOCALES, type Locale, same, text } from '../../src/text.ts'
import { type DeliveryCardData, deliveryCard, deliveryRetriedNote } from '../../templates/delivery.ts'
import { deniedNote, linkedNote, linkStepCard, replacedCard, unlinkedNote } from '../../templates/link.ts'
import { type RoleCardData, roleCard, roleGrantedNote } from '../../templates/role.ts'
import { type RouteLine, routeCard, routeSetNote } from '../../templates/route.ts'
import { ago, GU, LIN, view } from './cases.ts'
import { render } from './render.ts'

/** What chats beside the console need: who is who, where cards go, what did not arrive. */

const both = (draw: (locale: Locale) => string) => LOCALES.map((locale) => draw(locale)).join('\n\n=====\n\n')

test('linking an account', () => {
  const cards = (locale: Locale) => [
    linkStepCard({ code: '7F3K9QWA', hours: 24 }, view(locale)),
    linkedNote({ chat: 'slack', account: 'lin.x', personName: LIN, waiting: 1 }, view(locale)),
    linkedNote({ chat: 'lark', account: '林晓雯', personName: LIN, waiting: 0 }, view(locale)),
    unlinkedNote({ personName: LIN, count: 1 }, view(locale)),
    deniedNote({ why: 'guest' }, view(locale)),
    deniedNote({ why: 'gone' }, view(locale)),
    replacedCard({ name: same('A-1042') }, view(locale)),
  ]
  expect(both((locale) => cards(locale).map(render).join('\n\n---\n\n'))).toMatchSnapshot()
})

test('roles', () => {
  const data: RoleCardData = {
    people: [
      { id: 'lin', name: LIN, role: 'csm', chats: ['slack', 'lark'] },
      { id: 'gu', name: GU, role: 'admin', chats: [] },
    ],
    waiting: [{ chat: 'slack', name: 'ana.b', code: '7F3K9QWA' }],
    total: 2,
    page: 1,
    pages: 1,
  }
  const granted = (locale: Locale) => roleGrantedNote({ personName: LIN, role: 'manager' }, view(locale))
  expect(
    both((locale) => [roleCard(data, view(locale)), granted(locale)].map(render).join('\n\n---\n\n')),
  ).toMatchSnapshot()
})

test('routes', () => {
  const alerts: RouteLine = {
    ...{ id: 'alerts', chat: 'slack', title: text('客户预警', 'Alerts') },
    ...{ tiers: ['P0', 'P1'], configured: ['P0', 'P1', 'P2'], retention: false, notices: false },
  }
  const found: RouteLine = {
    id: 'oc_77',
    chat: 'lark',
    title: null,
    tiers: [],
    configured: [],
    retention: true,
    notices: true,
  }
  const cards = (locale: Locale) => [
    routeCard({ routes: [alerts, found] }, view(locale)),
    routeSetNote({ before: found, after: alerts, lost: [] }, view(locale)),
    routeSetNote({ before: alerts, after: found, lost: ['P2'] }, view(locale)),
  ]
  expect(both((locale) => cards(locale).map(render).join('\n\n---\n\n'))).toMatchSnapshot()
})

test('delivery', () => {
  const well: DeliveryCardData = {
    waiting: 0,
    oldest: null,
    dead: [],
    failing: [],
    paused: [],
    repeated: 0,
    unheard: 0,
    named: new Map(),
  }
  const ill: DeliveryCardData = {
    waiting: 12,
    oldest: ago(HOUR),
    dead: [
      { chat: 'slack', channel: 'C1', reason: 'channel-closed', error: 'is_archived', count: 3 },
      { chat: 'lark', channel: 'oc_7', reason: 'token-refused', error: 'code 99991663', count: 1 },
    ],
    failing: [{ chat: 'mail', channel: 'lin', error: 'SMTP: CONN ECONNREFUSED', count: 2 }],
    paused: [
      { chat: 'slack', channel: 'C2', until: ago(-HOUR) },
      { chat: 'lark', channel: '', until: ago(-HOUR) },
    ],
    repeated: 2,
    unheard: 1,
    named: new Map([['slack C1', text('客户预警', 'Alerts')]]),
  }
  const cards = (locale: Locale) => [
    ...[well, ill].map((data) => deliveryCard(data, view(locale))),
    ...[0, 4].map((count) => deliveryRetriedNote({ count }, view(locale))),
  ]
  expect(both((locale) => cards(locale).map(render).join('\n\n---\n\n'))).toMatchSnapshot()
})
