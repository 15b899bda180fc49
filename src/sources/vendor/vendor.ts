import type { SourceEnvironment } from '../environment.ts'
import type { Named } from '../row-mapping.ts'
import type { Variables } from '../variable.ts'
import type { Account, Ask, World } from './account.ts'
import type { Kinds } from './mapping.ts'
import type { Stream } from './stream.ts'

/** What a vendor's source needs to know besides its mapping. */
export interface VendorEnvironment extends SourceEnvironment, World {
  readonly variables: Variables
}

/** What makes one vendor's source. */
export interface Vendor {
  readonly mapping: Named
  readonly kinds: Kinds
  /** Event kinds it yields only where the profile has them. */
  readonly optional?: readonly string[]
  readonly streams: readonly Stream[]
  /** @throws ForeshockError SOURCE_FAILED where a secret is not set */
  account(): Account
  /** Asks the vendor for what reading alone does not tell, such as misspelt properties: one fault each. */
  examine(ask: Ask): Promise<string[]>
}
