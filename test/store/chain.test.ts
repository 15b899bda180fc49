import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { digestOf, faultIn, type Link, linkAfter } from '../../src/store/chain.ts'

const entry = fc.record({
  kind: fc.constantFrom('action', 'setting'),
  ref: fc.uuid(),
  at: fc.date({ noInvalidDate: true }),
  digest: fc.string(),
})

function chained(entries: readonly Pick<Link, 'kind' | 'ref' | 'at' | 'digest'>[]): Link[] {
  const links: Link[] = []
  for (const each of entries) links.push(linkAfter(links.at(-1) ?? null, each))
  return links
}

const firstFault = (links: readonly Link[]): string | null =>
  links.map((link, index) => faultIn(links[index - 1] ?? null, link)).find((fault) => fault !== null) ?? null

describe('a chain of links', () => {
  const several = fc.array(entry, { minLength: 2, maxLength: 12 })

  it('fits as it was made', () => {
    fc.assert(
      fc.property(several, (entries) => {
        expect(firstFault(chained(entries))).toBeNull()
      }),
    )
  })

  it('shows a link that was changed, wherever it stands', () => {
    fc.assert(
      fc.property(several, fc.nat(), entry, (entries, index, other) => {
        const links = chained(entries)
        const place = index % links.length
        fc.pre(links[place]!.digest !== other.digest)
        links[place] = { ...links[place]!, digest: other.digest }
        expect(firstFault(links)).toBe('altered')
      }),
    )
  })

  it('shows a link that was taken out or put elsewhere', () => {
    fc.assert(
      fc.property(several, fc.nat(), (entries, index) => {
        const links = chained(entries)
        const place = index % (links.length - 1)
        expect(firstFault(links.toSpliced(place, 1))).toBe('missing')
        const swapped = links.toSpliced(place, 2, links[place + 1]!, links[place]!)
        expect(firstFault(swapped)).toBe('missing')
      }),
    )
  })
})

describe('a digest', () => {
  it('does not depend on the order of keys, and tells every value apart', () => {
    expect(digestOf({ a: 1, b: { d: [1, null], c: 'x' } })).toBe(
      digestOf({ b: { c: 'x', d: [1, null] }, a: 1 }),
    )
    const rows = [{ a: 1 }, { a: '1' }, { a: [1] }, { a: null }, { b: 1 }, {}, [], 'a', new Date(0)]
    expect(new Set(rows.map(digestOf)).size).toBe(rows.length)
    expect(digestOf({ a: undefined })).toBe(digestOf({}))
    expect(digestOf({ at: new Date(0) })).toBe(digestOf({ at: '1970-01-01T00:00:00.000Z' }))
  })
})
