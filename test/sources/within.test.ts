import { describe, expect, test } from 'vitest'
import { rangesOf } from '../../src/features/ranges.ts'
import { fileMappingSchema } from '../../src/sources/file/mapping.ts'
import { toRecord } from '../../src/sources/to-record.ts'
import { profile } from '../signals/customer.ts'

const rules = {
  now: new Date('2026-06-01T04:00:00Z'),
  timeZone: 'Asia/Shanghai',
  currency: 'CNY',
  dateFormat: 'iso',
  kinds: new Set(Object.keys(profile.kinds)),
  ranges: rangesOf(profile),
} as const

function read(mapping: Record<string, unknown>, row: Record<string, string>) {
  const parsed = fileMappingSchema.parse({ name: 'crm', type: 'file', path: 'x.csv', ...mapping })
  return toRecord(parsed, Object.keys(row), rules)(Object.values(row), () => 'row-1')
}

describe('numbers that no row can mean', () => {
  const events = {
    record: 'event',
    fields: { customer: { crm: 'who' }, kind: 'kind', at: 'at', amount: 'amount', quantity: 'quantity' },
  }
  const event = (kind: string, more: { amount?: string; quantity?: string }) =>
    read(events, { who: '42', kind, at: '2026-05-01', amount: '', quantity: '', ...more })

  test.each([
    ['health_report', { quantity: '850' }, 'health_report.quantity 850 is above the most it can be, 100'],
    ['odometer', { quantity: '-5' }, 'odometer.quantity -5 is below the least it can be, 0'],
    ['order', { amount: '-99,999' }, 'order.amount -99999 is below the least it can be, 0'],
    ['maintenance', { amount: '-0.01' }, 'maintenance.amount -0.01 is below the least it can be, 0'],
  ])('%s %o', (kind, measures, reason) => {
    expect(event(kind, measures)).toEqual({
      reason: `${reason}; correct the row, or widen \`range\` in the profile if it can`,
      zh: expect.stringContaining('请修正这一行'),
    })
  })

  test.each([
    ['health_report', { quantity: '100' }],
    ['odometer', { quantity: '0' }],
    ['order', { amount: '0' }],
    // What was paid back is written either way.
    ['refund', { amount: '-200' }],
    ['refund', { amount: '200' }],
  ])('%s %o is fine', (kind, measures) => {
    expect(event(kind, measures)).toHaveProperty('value')
  })

  test('attributes too, where they are numbers', () => {
    const customer = (mileage: string) =>
      read(
        {
          record: 'customer',
          fields: { keys: { crm: 'id' }, attributes: { mileage: { column: 'km', type: 'number' } } },
        },
        { id: '42', km: mileage },
      )
    expect(customer('-1')).toMatchObject({ reason: expect.stringContaining('mileage -1 is below') })
    expect(customer('81000')).toHaveProperty('value')
  })
})
