import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { manifestVerb } from '../../src/main/manifest-verb.ts'
import type { Terminal } from '../../src/main/terminal.ts'

function printed(words: Parameters<typeof manifestVerb>[0]): { data: object; words: string } {
  let seen: { data: object; words: string } | null = null
  const result: Terminal['result'] = (data, said) => {
    seen = { data, words: said }
  }
  manifestVerb(words, { result } as Terminal)
  return seen!
}

test('prints the app as YAML, the same as JSON; an address turns Socket Mode off', () => {
  const { data, words } = printed({ platform: 'slack' })
  expect(parse(words)).toEqual(data)
  expect(data).toMatchObject({ settings: { socket_mode_enabled: true } })
  expect(printed({ platform: 'slack', address: 'https://f.example.com', language: 'zh' }).data).toMatchObject(
    {
      settings: {
        socket_mode_enabled: false,
        event_subscriptions: { request_url: 'https://f.example.com/slack/events' },
      },
    },
  )
})

test('says what is wrong with the words', () => {
  expect(() => printed({ platform: 'slak' })).toThrow('There is no manifest for "slak".')
  expect(() => printed({ platform: 'slack', language: 'fr' })).toThrow('"fr" is not a language.')
  expect(() => printed({ platform: 'slack', address: 'ftp://x' })).toThrow('is not an address')
})
