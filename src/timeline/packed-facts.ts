import type { AttributeSpell, CustomerFacts, Facts } from './history.ts'
import { type Places, placesIn, Texts } from './texts.ts'

export const TIERS = ['high', 'mid', 'low'] as const
export const NO_TIER = 3
/** Set beside the tier of a customer whose spells are told, were it none. */
export const HAS_SPELLS = 4

/** What is a number of a customer: one array each. */
export interface Numbers {
  readonly no: Int32Array
  /** NaN: null. */
  readonly ltvMinor: Float64Array
  readonly firstPurchase: Float64Array
  readonly changedAt: Float64Array
  /** Place in TIERS, and HAS_SPELLS. */
  readonly flags: Uint8Array
}

/** Facts as threads hand them to each other. */
export interface SharedFacts {
  readonly ids: Texts['shared']
  readonly numbers: Numbers
  readonly rests: Texts['shared']
}

/** What is neither a number nor the id, as JSON: what is not known is left out, and for many nothing is left. */
interface Rest extends Partial<Pick<CustomerFacts, 'name' | 'owner' | 'region' | 'site' | 'product'>> {
  readonly attributes?: CustomerFacts['attributes']
  readonly spells?: readonly AttributeSpell[]
}

const NOTHING: Rest = {}
const NO_ATTRIBUTES: CustomerFacts['attributes'] = {}
const NO_SPELLS: readonly AttributeSpell[] = []

/**
 * Some customers' facts in a few pieces of memory. As objects those of a million kept the collector busy; a customer
 * looked at is an object of a few words for as long as someone looks.
 */
export class PackedFacts implements Facts {
  readonly length: number
  readonly ids: Texts
  /** Where a customer stands among these, by id. */
  readonly index: Places
  readonly numbers: Numbers
  readonly rests: Texts

  constructor(ids: Texts, numbers: Numbers, rests: Texts) {
    this.length = ids.length
    this.ids = ids
    this.index = placesIn(ids)
    this.numbers = numbers
    this.rests = rests
  }

  at(place: number): PackedCustomer | undefined {
    return place >= 0 && place < this.length ? new PackedCustomer(this, place) : undefined
  }

  *[Symbol.iterator](): Iterator<PackedCustomer> {
    for (let place = 0; place < this.length; place += 1) yield new PackedCustomer(this, place)
  }

  /** For another thread, which makes its own of it. */
  get shared(): SharedFacts {
    return { ids: this.ids.shared, numbers: this.numbers, rests: this.rests.shared }
  }

  static of({ ids, numbers, rests }: SharedFacts): PackedFacts {
    return new PackedFacts(new Texts(...ids), numbers, new Texts(...rests))
  }

  /** Memory they take, but for what finds them. */
  get bytes(): number {
    const numbers = Object.values(this.numbers).reduce((sum, { byteLength }) => sum + byteLength, 0)
    return this.ids.bytes + this.rests.bytes + numbers
  }

  /** True when the customer at a place is known by the same facts as the one at another place among others. */
  isSame(place: number, others: PackedFacts, there: number): boolean {
    const same = (one: ArrayLike<number>, other: ArrayLike<number>) => Object.is(one[place], other[there])
    const [own, their] = [this.numbers, others.numbers]
    return (
      same(own.no, their.no) &&
      same(own.ltvMinor, their.ltvMinor) &&
      same(own.firstPurchase, their.firstPurchase) &&
      same(own.flags, their.flags) &&
      this.ids.isSame(place, others.ids, there) &&
      this.rests.isSame(place, others.rests, there)
    )
  }
}

/** One of them. */
export class PackedCustomer implements CustomerFacts {
  readonly #people: PackedFacts
  readonly #place: number
  #rest: Rest | null = null

  constructor(people: PackedFacts, place: number) {
    this.#people = people
    this.#place = place
  }

  get id(): string {
    return this.#people.ids.at(this.#place)
  }

  /** What `hashOf` gives of the id. */
  get hash(): number {
    return this.#people.ids.hashAt(this.#place)
  }

  get no(): number {
    return this.#people.numbers.no[this.#place]!
  }

  get ltvMinor(): number | null {
    return known(this.#people.numbers.ltvMinor[this.#place]!)
  }

  get firstPurchase(): number | null {
    return known(this.#people.numbers.firstPurchase[this.#place]!)
  }

  get valueTier(): CustomerFacts['valueTier'] {
    return TIERS[this.#people.numbers.flags[this.#place]! & NO_TIER] ?? null
  }

  get changedAt(): number {
    return this.#people.numbers.changedAt[this.#place]!
  }

  get name(): string | null {
    return this.#told().name ?? null
  }

  get owner(): string | null {
    return this.#told().owner ?? null
  }

  get region(): string | null {
    return this.#told().region ?? null
  }

  get site(): string | null {
    return this.#told().site ?? null
  }

  get product(): string | null {
    return this.#told().product ?? null
  }

  get attributes(): CustomerFacts['attributes'] {
    return this.#told().attributes ?? NO_ATTRIBUTES
  }

  get spells(): readonly AttributeSpell[] | undefined {
    if ((this.#people.numbers.flags[this.#place]! & HAS_SPELLS) === 0) return undefined
    return this.#told().spells ?? NO_SPELLS
  }

  /** Puts the same facts among those a builder collects. */
  copyTo(into: { copy(people: PackedFacts, place: number): void }): void {
    into.copy(this.#people, this.#place)
  }

  #told(): Rest {
    const { rests } = this.#people
    this.#rest ??= rests.isEmpty(this.#place) ? NOTHING : (JSON.parse(rests.at(this.#place)) as Rest)
    return this.#rest
  }
}

function known(number: number): number | null {
  return Number.isNaN(number) ? null : number
}
