import { hubspotAccount } from './hubspot/account.ts'
import { archivedObjects } from './hubspot/archived.ts'
import type { HubspotMapping } from './hubspot/mapping.ts'
import { changedObjects, wantedProperties } from './hubspot/search.ts'
import type { Source } from './source.ts'
import { absent } from './vendor/absent.ts'
import type { Ask } from './vendor/account.ts'
import { listIn } from './vendor/list.ts'
import { vendorSource } from './vendor/source.ts'
import type { VendorEnvironment } from './vendor/vendor.ts'

/** Objects of a HubSpot account: contacts, companies, deals, tickets, surveys or the account's own. */
export function hubspotSource(mapping: HubspotMapping, environment: VendorEnvironment): Source {
  const changed = changedObjects(mapping, environment.now)
  return vendorSource(
    {
      mapping,
      kinds: { [mapping.object]: mapping },
      // A customer stays, so their archive need not be looked through.
      streams:
        mapping.record === 'customer' ? [changed] : [changed, archivedObjects(mapping, environment.now)],
      account: () => hubspotAccount(mapping, environment.variables),
      examine: (ask) => examine(mapping, ask),
    },
    environment,
  )
}

/** Asked for a property that is not there, HubSpot says nothing. */
async function examine(mapping: HubspotMapping, ask: Ask): Promise<string[]> {
  const answer = await ask({ path: `/crm/v3/properties/${mapping.object}` })
  const names = listIn(answer, 'results').map(({ name }) => String(name))
  return absent(wantedProperties(mapping), names, `HubSpot's ${mapping.object}`)
}
