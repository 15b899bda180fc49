import { EventEmitter } from 'node:events'
import { expect, test } from 'vitest'
import { openEvents, type Sink } from '../../../src/chat/console/events.ts'
import type { WireMessage } from '../../../src/chat/console/wire.ts'

const MESSAGE: WireMessage = {
  id: 'M-1',
  channel: 'alerts',
  thread: null,
  author: 'foreshock',
  at: '2026-06-01T01:50:00.000Z',
  editedAt: null,
  line: 'two\nlines',
  card: null,
  onlyFor: null,
  replies: 0,
}

/** A page that reads at once, or not at all. */
function page(stuck = false) {
  const emitter = new EventEmitter()
  const got: string[] = []
  let waiting = 0
  let gone: 'ended' | 'cut' | null = null
  const sink = {
    write: (chunk: string) => {
      got.push(chunk)
      if (stuck) waiting += chunk.length
      return !stuck
    },
    end: () => {
      gone = 'ended'
    },
    destroy: () => {
      gone = 'cut'
    },
    once: (name: string, run: () => void) => emitter.once(name, run),
    get writableLength() {
      return waiting
    },
  } as unknown as Sink
  return { sink, got, gone: () => gone, emit: (name: string) => emitter.emit(name) }
}

test('an event is one named line of JSON', () => {
  const events = openEvents()
  const { sink, got } = page()
  events.open({ person: 'li', session: 's', sink })
  events.message(MESSAGE)
  events.progress(null)
  expect(got[0]).toMatch(/^retry: \d+\n/)
  expect(got[1]).toBe(`event: message\ndata: ${JSON.stringify(MESSAGE)}\n\n`)
  expect(got[1]!.trimEnd().split('\n')).toHaveLength(2)
  expect(got[2]).toBe('event: progress\ndata: null\n\n')
  events.close()
})

test("one person's message reaches that person's pages alone", () => {
  const events = openEvents()
  const li = page()
  const zhou = page()
  events.open({ person: 'li', session: '1', sink: li.sink })
  events.open({ person: 'zhou', session: '2', sink: zhou.sink })
  events.message({ ...MESSAGE, onlyFor: 'zhou' })
  expect(li.got).toHaveLength(1)
  expect(zhou.got).toHaveLength(2)
  events.close()
})

test('a page that does not read is cut off, the others go on', () => {
  const events = openEvents({ maxLagBytes: 500 })
  const slow = page(true)
  const quick = page()
  events.open({ person: 'li', session: '1', sink: slow.sink })
  events.open({ person: 'li', session: '2', sink: quick.sink })
  for (let i = 0; i < 10; i++) events.message(MESSAGE)
  expect(slow.gone()).toBe('cut')
  expect(slow.got.length).toBeLessThan(5)
  expect(quick.got).toHaveLength(11)
  expect(events.size).toBe(1)
  events.close()
})

test('a page that leaves is forgotten; a dropped session is ended; closing ends all and refuses new ones', () => {
  const events = openEvents()
  const [left, dropped, last, late] = [page(), page(), page(), page()]
  events.open({ person: 'li', session: '1', sink: left.sink })
  events.open({ person: 'li', session: '2', sink: dropped.sink })
  events.open({ person: 'li', session: '3', sink: last.sink })
  left.emit('close')
  expect(events.size).toBe(2)
  events.drop('2')
  expect(dropped.gone()).toBe('ended')
  events.close()
  expect(last.gone()).toBe('ended')
  events.open({ person: 'li', session: '4', sink: late.sink })
  expect(late.gone()).toBe('ended')
  expect(events.size).toBe(0)
})

test('a heartbeat keeps quiet lines open', async () => {
  const events = openEvents({ heartbeatMs: 5 })
  const { sink, got } = page()
  events.open({ person: 'li', session: '1', sink })
  await new Promise((resolve) => setTimeout(resolve, 60))
  expect(got.filter((chunk) => chunk.startsWith(': ')).length).toBeGreaterThan(1)
  events.close()
})
