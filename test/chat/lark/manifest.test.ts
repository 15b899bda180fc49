import { expect, test } from 'vitest'
import { openLark } from '../../../src/chat/lark/lark.ts'
import { larkManifest, PERMISSIONS } from '../../../src/chat/lark/manifest.ts'
import { systemClock } from '../../../src/clock.ts'
import { openLog } from '../../../src/log.ts'
import { manifestVerb } from '../../../src/main/manifest-verb.ts'
import type { Terminal } from '../../../src/main/terminal.ts'
import { LOCALES } from '../../../src/text.ts'
import { APP } from '../../fakes/lark-world.ts'
import { openTestCounter } from './open.ts'

test('the app in both languages; its permissions are in the form Lark imports', () => {
  for (const locale of LOCALES) expect(larkManifest(locale, null)).toMatchSnapshot()
  expect(new Set(PERMISSIONS.map(({ scope }) => scope)).size).toBe(PERMISSIONS.length)
})

test('with an address events are sent to it', () => {
  let words = ''
  const result: Terminal['result'] = (_data, said) => {
    words = said
  }
  manifestVerb({ platform: 'lark', address: 'https://f.example.com/' }, { result } as Terminal)
  expect(words).toContain('request_url: https://f.example.com/lark/events')
})

test.each([
  ['an app id that is none', { appId: 'my-app' }, 'LARK_APP_ID'],
  ['a domain that is none', { domain: 'feishuu' }, 'LARK_DOMAIN "feishuu"'],
])('%s is told before anything starts', (_name, wrong, said) => {
  const parts = {
    ...{ ...APP, domain: 'feishu', webhook: null, counter: openTestCounter(), clock: systemClock },
    ...{ log: openLog('silent'), localeOf: () => 'zh' as const, ...wrong },
  }
  expect(() => openLark(parts)).toThrow(said)
})
