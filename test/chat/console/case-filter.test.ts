import { expect, test } from 'vitest'
import type { WireMessages, WireTallies } from '../../../src/chat/console/wire.ts'
import { signIn } from './browser-client.ts'
import { alertCard, quietCard, smallCard } from './cards.ts'
import { openTestConsole } from './open.ts'

test('a channel can be asked for its cases at work, and how many there are', async () => {
  const console = await openTestConsole()
  const browser = await signIn(console.url)
  const channel = 'general'
  for (const [no, tier] of [
    [2001, 'P1'],
    [2002, 'P2'],
    [2003, 'P1'],
  ] as const) {
    await console.chat.post({ chat: 'console', channel }, quietCard(no, tier), `case ${no}`)
  }
  const owned = alertCard({ no: 2004, owner: '李倩', version: 2, closed: false })
  const over = alertCard({ no: 2005, owner: '李倩', version: 3, closed: true })
  await console.chat.post({ chat: 'console', channel }, owned, 'owned')
  await console.chat.post({ chat: 'console', channel }, over, 'over')
  await console.chat.post({ chat: 'console', channel }, smallCard('红', 'red', 'P0'), 'no case')
  const numbers = async (query: string) => {
    const { body } = await browser.get<WireMessages>(`/api/messages?channel=${channel}&${query}`)
    return body.messages.map(({ card }) => /A-(\d+)/.exec(card!.en.fallback + card!.en.buttons[0]?.args)?.[1])
  }
  expect(await numbers('tier=P1')).toEqual(['2001', '2003'])
  expect(await numbers('tier=P0')).toEqual(['2004'])
  expect(await numbers('tier=P0&unclaimed=1')).toEqual([])
  expect(await numbers('unclaimed=1')).toEqual(['2001', '2002', '2003'])
  const { body } = await browser.get<WireTallies>('/api/tally')
  expect(body[channel]).toEqual({
    P0: { working: 1, unclaimed: 0 },
    P1: { working: 2, unclaimed: 2 },
    P2: { working: 1, unclaimed: 1 },
  })
  expect(body['retention']).toBeUndefined()
  await console.server.close()
})
