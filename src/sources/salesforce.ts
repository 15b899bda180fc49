import { salesforceAccount } from './salesforce/account.ts'
import type { SalesforceMapping } from './salesforce/mapping.ts'
import { API, changedRows, wantedFields } from './salesforce/query.ts'
import type { Source } from './source.ts'
import { absent } from './vendor/absent.ts'
import type { Ask } from './vendor/account.ts'
import { listIn } from './vendor/list.ts'
import { vendorSource } from './vendor/source.ts'
import type { VendorEnvironment } from './vendor/vendor.ts'

/** Objects of a Salesforce organisation: contacts, accounts, opportunities, cases or its own. */
export function salesforceSource(mapping: SalesforceMapping, environment: VendorEnvironment): Source {
  return vendorSource(
    {
      mapping,
      kinds: { [mapping.object]: mapping },
      streams: [changedRows(mapping, environment.now)],
      account: () => salesforceAccount(mapping, environment.variables),
      examine: (ask) => examine(mapping, ask),
    },
    environment,
  )
}

/** Salesforce describes an object as this user may see it. */
async function examine(mapping: SalesforceMapping, ask: Ask): Promise<string[]> {
  const fields = listIn(await ask({ path: `${API}/sobjects/${mapping.object}/describe` }), 'fields')
  const names = fields.flatMap(({ name, relationshipName }) =>
    [name, relationshipName ?? []].flat().map(String),
  )
  const mapped = wantedFields(mapping).map((field) => field.split('.')[0]!)
  return absent(mapped, names, `Salesforce's ${mapping.object} objects`)
}
