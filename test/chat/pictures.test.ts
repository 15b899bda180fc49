import { expect, test } from 'vitest'
import type { Card } from '../../src/chat/card.ts'
import { ChatFault } from '../../src/chat/fault.ts'
import { altOf, chartsIn, openPictures } from '../../src/chat/pictures.ts'
import { HOUR, VirtualClock } from '../../src/clock.ts'
import { openLog } from '../../src/log.ts'
import { chartOf } from '../drawing/charts.ts'

function openShelf() {
  const clock = new VirtualClock(new Date('2026-03-01T00:00:00Z'))
  const shelf = { drawn: 0, kept: [] as string[], fault: null as Error | null, clock }
  const pictures = openPictures({
    draw: async (charts) => {
      shelf.drawn += 1
      return Buffer.from(`picture of ${charts.length}`)
    },
    keep: async (png, alt) => {
      if (shelf.fault !== null) throw shelf.fault
      shelf.kept.push(`${Buffer.from(png)}: ${alt}`)
      return `F${shelf.kept.length}`
    },
    clock,
    log: openLog('silent'),
  })
  return { ...shelf, shelf, pictures }
}

test('a picture is drawn and handed over once, and known by what it shows', async () => {
  const { pictures, shelf } = openShelf()
  const [one, same, other] = [chartOf([1, 2]), chartOf([1, 2]), chartOf([3])]
  expect(pictures.of([one])).toBeNull()
  const [first, again] = [pictures.make([one]), pictures.make([same])]
  expect(again).toBe(first)
  expect(await first).toBe(true)
  expect(pictures.of([same])).toBe('F1')
  expect(pictures.make([same])).toBeNull()
  expect(await pictures.soon([other], 1_000)).toBe('F2')
  expect(shelf.drawn).toBe(2)
  expect(shelf.kept[0]).toBe('picture of 1: 风险走势 · 30 天前低，现在很高')
  expect(pictures.make([])).toBeNull()
  expect(await pictures.soon([], 1_000)).toBeNull()
})

test('what a platform says no to is left alone for an hour, what may pass is tried with the next change', async () => {
  const { pictures, shelf } = openShelf()
  const charts = [chartOf([1, 2])]
  shelf.fault = new ChatFault('rate-limited', 'slower')
  expect(await pictures.make(charts)).toBe(false)
  shelf.fault = new ChatFault('token-refused', 'missing_scope')
  expect(await pictures.make(charts)).toBe(false)
  shelf.fault = null
  expect(pictures.make(charts)).toBeNull()
  shelf.clock.advance(HOUR)
  expect(await pictures.make(charts)).toBe(true)
  pictures.refused(charts)
  expect(pictures.of(charts)).toBeNull()
  expect(pictures.make(charts)).toBeNull()
})

test('a card’s own picture, else the charts within it', () => {
  const [risk, mood] = [chartOf([1, 2]), chartOf([8, 3], { title: 'Mood', says: '8, then 3' })]
  const card: Card = { accent: 'P0', title: 't', blocks: [risk], buttons: [], fallback: 't' }
  expect(chartsIn(card)).toEqual([risk])
  expect(chartsIn({ ...card, picture: [mood] })).toEqual([mood])
  expect(altOf([mood, mood])).toBe('Mood · 8, then 3\nMood · 8, then 3')
})
