import { describe, expect, it } from 'vitest'
import { fileMappingSchema } from '../../src/sources/file/mapping.ts'
import { type Rules, toRecord } from '../../src/sources/to-record.ts'

const RULES: Rules = {
  now: new Date('2026-06-01T04:00:00Z'),
  timeZone: 'Asia/Shanghai',
  currency: 'CNY',
  dateFormat: 'iso',
  kinds: new Set(['visit', 'login']),
}

/** One row under a mapping: the record, or the reason against it. */
function read(mapping: Record<string, unknown>, row: Record<string, string>): unknown {
  const parsed = fileMappingSchema.parse({ name: 'crm', type: 'file', path: 'x.csv', ...mapping })
  const record = toRecord(parsed, Object.keys(row), RULES)(Object.values(row), () => 'row-1')
  return 'value' in record ? record.value : record.reason
}

describe('customers', () => {
  const mapping = {
    record: 'customer',
    fields: {
      keys: { crm: 'id', phone: 'mobile', vin: 'vin' },
      name: 'name',
      valueTier: 'tier',
      ltv: 'ltv',
      firstPurchase: 'since',
      contactConsent: 'consent',
      phone: 'mobile',
      timeZone: 'zone',
      attributes: {
        warranty_end: { column: 'warranty', type: 'day' },
        household: { column: 'household', type: 'number' },
        ev: { column: 'ev', type: 'flag' },
        city: 'city',
        brand: { value: 'Foreshock' },
        tested: { value: true },
      },
    },
  }
  const row = {
    id: '42',
    mobile: '+86 138-0013-8000',
    vin: '',
    name: '王堃',
    tier: '高',
    ltv: '12,000',
    since: '2024/3/1',
    consent: '是',
    zone: 'Asia/Urumqi',
    warranty: '2027-03-01',
    household: '3',
    ev: '否',
    city: '',
  }

  it('take every field, and leave out what is empty', () => {
    expect(read(mapping, row)).toEqual({
      type: 'customer',
      sourceId: 'row-1',
      keys: [
        { kind: 'crm', value: '42' },
        { kind: 'phone', value: '13800138000' },
      ],
      name: '王堃',
      valueTier: 'high',
      ltv: { minor: 1_200_000, currency: 'CNY' },
      firstPurchase: '2024-03-01',
      contactConsent: true,
      phone: '13800138000',
      timeZone: 'Asia/Urumqi',
      attributes: { warranty_end: '2027-03-01', household: 3, ev: false, brand: 'Foreshock', tested: true },
    })
  })

  it('say since when they are so, where a column tells; a day to come cannot be it', () => {
    const dated = { ...mapping, fields: { ...mapping.fields, at: 'changed' } }
    expect(read(dated, { ...row, changed: '2026-05-01' })).toMatchObject({
      at: new Date('2026-04-30T16:00:00Z'),
    })
    expect(read(dated, { ...row, changed: '' })).not.toHaveProperty('at')
    expect(read(dated, { ...row, changed: '2027-01-01' })).toContain('2027-01-01')
  })

  it('need one identity key, and no placeholder is one', () => {
    expect(read(mapping, { ...row, id: 'N/A', mobile: '-' })).toBe(
      'the row has no crm, no phone, no vin; a customer needs at least one identity key',
    )
    expect(read(mapping, { ...row, id: '' })).toMatchObject({
      keys: [{ kind: 'phone', value: '13800138000' }],
    })
  })

  it('keep a person called None', () => {
    expect(read(mapping, { ...row, name: 'None' })).toMatchObject({ name: 'None' })
  })

  it.each([
    [{ since: '2027-01-01' }, /^firstPurchase 2027-01-01 is in the future/],
    [{ warranty: 'soon' }, /^warranty_end "soon" is not a date like/],
    [{ household: 'many' }, /^household "many" is not a number/],
    [{ zone: 'Mars' }, /^timeZone "Mars" is not an IANA time zone/],
    [{ mobile: '138****8000' }, /^phone "138\*\*\*\*8000" is masked/],
  ])('refuse %j', (change, reason) => expect(read(mapping, { ...row, ...change })).toMatch(reason))
})

describe('events', () => {
  const fields = {
    id: 'no',
    customer: { phone: 'mobile' },
    kind: 'type',
    at: 'at',
    quantity: 'n',
    duration: 'min',
    site: 'store',
  }
  const mapping = { record: 'event', fields, kinds: { 保养: 'visit' } }
  const row = {
    no: 'E1',
    mobile: '13800138000',
    type: '保养',
    at: '2026-05-01 08:30',
    n: '2',
    min: '45',
    store: '浦东店',
  }

  it('take their words for kinds', () => {
    expect(read(mapping, row)).toEqual({
      type: 'event',
      sourceId: 'E1',
      customer: { kind: 'phone', value: '13800138000' },
      kind: 'visit',
      at: new Date('2026-05-01T00:30:00Z'),
      quantity: 2,
      duration: 45,
      site: '浦东店',
    })
    expect(read(mapping, { ...row, type: 'login' })).toMatchObject({ kind: 'login' })
  })

  it('refuse a negative duration and an unknown kind', () => {
    expect(read(mapping, { ...row, min: '-5' })).toBe('duration "-5" is negative')
    expect(read(mapping, { ...row, type: 'toString' })).toMatch(
      /^kind "toString" is not one of the profile's kinds: visit, login/,
    )
  })
})

describe('feedback', () => {
  const fields = {
    id: 'no',
    customer: { crm: 'id' },
    at: 'at',
    channel: 'via',
    text: 'words',
    rating: { column: 'stars', scale: 5 },
    nps: 'nps',
  }
  const mapping = { record: 'feedback', fields, channels: { 工单: 'ticket' } }
  const row = {
    no: 'F1',
    id: 'C1',
    at: '2026-05-01',
    via: '工单',
    words: '太让人失望了\u0000',
    stars: '2',
    nps: '',
  }

  it('takes words and scores', () => {
    expect(read(mapping, row)).toEqual({
      type: 'feedback',
      sourceId: 'F1',
      customer: { kind: 'crm', value: 'C1' },
      at: new Date('2026-04-30T16:00:00Z'),
      channel: 'ticket',
      text: '太让人失望了',
      rating: 4,
    })
  })

  it('keeps a voice without an author, and one without words that has a score', () => {
    expect(read(mapping, { ...row, id: '' })).not.toHaveProperty('customer')
    expect(read(mapping, { ...row, words: '' })).toMatchObject({ text: '', rating: 4 })
  })

  it('refuses one that says nothing, and scores off the scale', () => {
    expect(read(mapping, { ...row, words: '', stars: '' })).toMatch(/has neither words nor a score/)
    expect(read(mapping, { ...row, stars: '6' })).toMatch(/^rating "6" is outside 1-5/)
    expect(read(mapping, { ...row, nps: '11' })).toMatch(/^nps "11" is not a whole number/)
    expect(read(mapping, { ...row, via: '电邮' })).toMatch(/^channel "电邮" is not one of ticket/)
  })
})
