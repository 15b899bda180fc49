import { sourceMappingSchema } from '../../../src/sources/mapping.ts'
import type { SalesforceMapping } from '../../../src/sources/salesforce/mapping.ts'
import { salesforceSource } from '../../../src/sources/salesforce.ts'
import { fakeSalesforce } from '../../fakes/vendors/salesforce.ts'
import type { Stage } from '../../suites/source.ts'
import { environmentOf } from '../../suites/vendor.ts'

/** Visits kept as an object of a company's own in Salesforce, whose clock goes on by an hour with every change. */
export async function openSalesforceVisits(): Promise<Stage> {
  const { server, rows, fields } = await fakeSalesforce(20)
  for (const name of ['Who', 'Date', 'Paid', 'SystemModstamp']) fields.push({ name })
  let hours = 0
  const source = (url: string) =>
    salesforceSource(
      sourceMappingSchema.parse({
        ...{ name: 'shop', type: 'salesforce', object: 'Visit__c', url, record: 'event' },
        fields: { customer: { crm: 'Who' }, kind: { value: 'visit' }, at: 'Date', amount: 'Paid' },
      }) as SalesforceMapping,
      {
        ...environmentOf({ SALESFORCE_CLIENT_ID: 'sf-id', SALESFORCE_CLIENT_SECRET: 'sf-good' }),
        kinds: new Set(['visit']),
      },
    )
  return {
    many: 45,
    source: () => source(server.url),
    lost: () => source('http://127.0.0.1:9'),
    put: async (visits) => {
      hours += 1
      const SystemModstamp = new Date(Date.UTC(2026, 4, 2, hours)).toISOString()
      for (const { id: Id, date, paid } of visits)
        rows.set(Id, { Id, SystemModstamp, IsDeleted: false, Who: 'C1', Date: date, Paid: paid })
    },
    empty: async () => rows.clear(),
    close: server.close,
  }
}
