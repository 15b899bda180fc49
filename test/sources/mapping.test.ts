import { describe, expect, it } from 'vitest'
import { fileMappingSchema } from '../../src/sources/file/mapping.ts'
import { mappedColumns } from '../../src/sources/row.ts'

const EVENT = {
  name: 'shop',
  type: 'file',
  path: './visits.csv',
  record: 'event',
  fields: { customer: { crm: 'customer_id' }, kind: { value: 'visit' }, at: 'date' },
}
const CUSTOMER = { ...EVENT, record: 'customer', fields: { keys: { crm: 'id' } } }

function problems(mapping: unknown): string[] {
  const parsed = fileMappingSchema.safeParse(mapping)
  return parsed.success ? [] : parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
}

describe('the mapping of a file source', () => {
  it('fills in its defaults', () => {
    expect(fileMappingSchema.parse(EVENT)).toMatchObject({
      encoding: 'auto',
      header: true,
      dateFormat: 'iso',
      mayShrink: false,
    })
  })

  it('names the key that was meant', () => {
    expect(problems({ ...EVENT, dateFromat: 'iso' })).toEqual([
      ': unknown key "dateFromat". Did you mean "dateFormat"?',
    ])
    expect(problems({ ...EVENT, fields: { ...EVENT.fields, amuont: 'paid' } })).toEqual([
      'fields: unknown key "amuont". Did you mean "amount"?',
    ])
    expect(problems({ ...EVENT, fields: { ...EVENT.fields, zzz: 'paid' } })[0]).toMatch(
      /unknown key "zzz"\. Known: id, customer/,
    )
    expect(
      problems({ ...EVENT, fields: { ...EVENT.fields, zzz: 'paid', amuont: 'paid', yyy: 'x' } })[0],
    ).toMatch(
      /unknown key "amuont"\. Did you mean "amount"\? unknown keys "zzz", "yyy"\. Known: id, customer[^"]*$/,
    )
  })

  it.each([
    [{ ...EVENT, header: false }, 'columns: required when `header` is false'],
    [{ ...EVENT, columns: ['a'] }, 'columns: only for files with `header: false`'],
    [{ ...EVENT, header: false, columns: ['a', 'a'] }, 'columns: names "a" twice'],
    [
      { ...EVENT, format: 'ndjson', columns: ['a'] },
      'columns: NDJSON rows name their own columns; remove this',
    ],
    [{ ...EVENT, timeZone: 'Mars/Base' }, 'timeZone: not an IANA time zone, such as Asia/Shanghai'],
    [{ ...EVENT, currency: 'RMB' }, 'currency: not an ISO 4217 currency, such as CNY'],
    [{ ...EVENT, delimiter: '"' }, 'delimiter: the delimiter cannot be a quote or a line break'],
    [{ ...EVENT, name: 'my shop' }, 'name: source names are of a-z, 0-9, _ and -'],
    [
      { ...EVENT, fields: { ...EVENT.fields, customer: { crm: 'a', phone: 'b' } } },
      'fields.customer: give exactly one key, such as `customer: {crm: customer_id}`',
    ],
    [
      { ...CUSTOMER, fields: { keys: {} } },
      'fields.keys: name at least one identity key, such as `keys: {crm: customer_id}`',
    ],
    [
      { ...EVENT, record: 'feedback', fields: { at: 'date', channel: { value: 'survey' } } },
      'fields: map at least one of text, rating, nps, csat, ces',
    ],
  ])('%#: %s', (mapping, problem) => expect(problems(mapping)).toEqual([problem]))

  it('describes every setting', () => {
    for (const option of fileMappingSchema.options) {
      const shape = option.shape as Record<string, { description?: string }>
      const silent = Object.entries(shape).filter(([name, field]) => {
        return !field.description && !['type', 'record', 'fields'].includes(name)
      })
      expect(silent.map(([name]) => name)).toEqual([])
      const fields = (option.shape.fields as { shape: Record<string, { description?: string }> }).shape
      expect(
        Object.entries(fields)
          .filter(([, field]) => !field.description)
          .map(([name]) => name),
      ).toEqual([])
    }
  })

  it('lists each column it reads once', () => {
    const mapping = fileMappingSchema.parse({
      ...CUSTOMER,
      fields: {
        id: 'no',
        keys: { crm: 'no', phone: 'mobile' },
        name: { value: 'x' },
        attributes: { age: { column: 'age', type: 'number' }, city: 'city', brand: { value: 'A' } },
      },
    })
    expect(mappedColumns(mapping)).toEqual(['no', 'mobile', 'age', 'city'])
  })
})
