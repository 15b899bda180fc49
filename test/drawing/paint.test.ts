import { Resvg } from '@resvg/resvg-js'
import { expect, test } from 'vitest'
import { paint, svgOf } from '../../src/drawing/paint.ts'
import { chartOf } from './charts.ts'

/** Draws a PNG again to read its pixels: RGBA, four bytes each. */
function pixelsOf(png: Uint8Array): { width: number; height: number; at(x: number, y: number): number } {
  const size = Buffer.from(png).readUInt32BE(16)
  const href = `data:image/png;base64,${Buffer.from(png).toString('base64')}`
  const height = Buffer.from(png).readUInt32BE(20)
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${height}"><image href="${href}" width="${size}" height="${height}"/></svg>`
  const { pixels } = new Resvg(svg, { font: { loadSystemFonts: false } }).render()
  return { width: size, height, at: (x, y) => pixels[(y * size + x) * 4]! }
}

/** Dark pixels of the first title's line. */
function inkOf(title: string): Set<number> {
  const { at } = pixelsOf(paint([chartOf([0.1, 0.5], { title, says: '', ends: { from: '', to: '' } })]))
  const ink = new Set<number>()
  for (let y = 12; y < 48; y += 1)
    for (let x = 20; x < 120; x += 1) if (at(x, y) < 128) ink.add(y * 1_000 + x)
  return ink
}

test('汉字 are drawn, each its own shape: no font of the machine is needed', () => {
  const shapes = ['前', '震', '堃', '喆'].map((sign) => inkOf(sign))
  for (const shape of shapes) expect(shape.size).toBeGreaterThan(60)
  // Empty boxes for signs without a glyph would all look alike.
  for (const [one, another] of [
    [0, 1],
    [2, 3],
    [1, 2],
  ] as const)
    expect([...shapes[one]!].filter((pixel) => !shapes[another]!.has(pixel)).length).toBeGreaterThan(40)
  expect(inkOf(' ').size).toBe(0)
})

test('charts stand below one another, twice as fine as they are shown', () => {
  const one = chartOf([0.1, null, 0.9], { range: { low: 0, high: 1 } })
  const bars = chartOf([3, 0, 5], { draw: 'bars', title: '每月到店' })
  const beats = chartOf([1, 0, 1], { draw: 'marks', title: '节奏' })
  const { width, height } = pixelsOf(paint([one, bars, beats]))
  expect([width, height]).toEqual([840, 576])
})

test('ranks are as high as they are many, each with its words; signs stand over their points', () => {
  const ranks = chartOf([3, 1, 2], { draw: 'ranks', range: { low: 0, high: 3 } })
  const noted = chartOf([1, 2, 3])
  const points = noted.points.map((point, at) => (at === 1 ? { ...point, note: 'E-3' } : point))
  const svg = svgOf([ranks, { ...noted, points }])
  for (const words of ['0: 3', '1: 1', '2: 2', 'E-3']) expect(svg).toContain(words)
  expect(svg).toMatch(new RegExp(`height="${44 + 3 * 17 + 12 + 96}"`))
})

test('words are words, whatever they look like, and numbers that are none draw nothing', () => {
  const svg = svgOf([
    chartOf([Number.NaN, Number.POSITIVE_INFINITY, null], { title: '<script>alert(1)</script>&"' }),
  ])
  expect(svg).not.toContain('<script')
  expect(svg).not.toMatch(/NaN|Infinity/)
  expect(paint([chartOf([], { draw: 'bars' })]).length).toBeGreaterThan(100)
})
