import { describe, expect, it } from 'vitest'
import { shaped } from '../../src/ingest/shape.ts'

describe('a record whose shape does not fit', () => {
  const reason = (value: unknown): string => {
    const read = shaped('feedback', value)
    return 'reason' in read ? read.reason : 'it fits'
  }

  it.each([
    ['two keys', { crm: '1', phone: '2' }],
    ['no key', {}],
    ['a number with nothing before it', '12'],
    ['more digits than there are customers', 'C-99999999999999'],
    ['a key that is no text', { crm: { id: 1 } }],
    ['a list', ['1']],
    ['a number', 5],
  ])('a customer by %s is told how to be named', (_, customer) => {
    expect(reason({ customer, text: 'x' })).toBe(
      'customer names nobody; write one identity key such as {"crm": "10042"}, or the number people see, "C-12"',
    )
  })

  it.each([5, 'x', null, true, [[]]])('%j is no record', (value) => {
    expect(reason(value)).toBe('a record is an object: {"id": ..., "at": ...}')
  })

  it('fits', () => {
    for (const customer of [{ crm: '1' }, { crm: 1 }, 'C-12', 'c-12', null, undefined])
      expect(reason({ customer, text: 'x' })).toBe('it fits')
  })
})
