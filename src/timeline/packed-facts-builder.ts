import type { AttributeSpell, CustomerFacts } from './history.ts'
import { HAS_SPELLS, NO_TIER, type Numbers, PackedCustomer, PackedFacts, TIERS } from './packed-facts.ts'
import { TextsBuilder } from './texts.ts'

const NO_SPELLS: readonly AttributeSpell[] = []

/** Collects customers' facts. */
export class PackedFactsBuilder {
  readonly #ids: TextsBuilder
  readonly #rests: TextsBuilder
  #numbers: Numbers
  #length = 0

  /** @param expected how many there may be: room for them is made at once, and more where there are more */
  constructor(expected = 64) {
    this.#ids = new TextsBuilder(expected)
    this.#rests = new TextsBuilder(expected)
    this.#numbers = roomFor(expected)
  }

  add(one: CustomerFacts): void {
    if (one instanceof PackedCustomer) {
      one.copyTo(this)
      return
    }
    const { id, no, valueTier, ltvMinor, firstPurchase, spells } = one
    this.#put(
      no,
      ltvMinor ?? Number.NaN,
      firstPurchase ?? Number.NaN,
      newestOf(spells),
      flagsOf(valueTier, spells),
    )
    this.#ids.add(id)
    this.#rests.add(restOf(one))
  }

  copy({ ids, numbers, rests }: PackedFacts, place: number): void {
    const { no, ltvMinor, firstPurchase, changedAt, flags } = numbers
    this.#put(no[place]!, ltvMinor[place]!, firstPurchase[place]!, changedAt[place]!, flags[place]!)
    this.#ids.copy(ids, place)
    this.#rests.copy(rests, place)
  }

  finish(): PackedFacts {
    // Threads read them where they lie.
    const numbers = resized(this.#numbers, this.#length, true)
    return new PackedFacts(this.#ids.finish(), numbers, this.#rests.finish())
  }

  #put(no: number, ltvMinor: number, firstPurchase: number, changedAt: number, flags: number): void {
    if (this.#length === this.#numbers.no.length) this.#numbers = resized(this.#numbers, this.#length * 2)
    const at = this.#length
    this.#numbers.no[at] = no
    this.#numbers.ltvMinor[at] = ltvMinor
    this.#numbers.firstPurchase[at] = firstPurchase
    this.#numbers.changedAt[at] = changedAt
    this.#numbers.flags[at] = flags
    this.#length += 1
  }
}

export function packedFactsOf(facts: Iterable<CustomerFacts>): PackedFacts {
  const people = new PackedFactsBuilder(Array.isArray(facts) ? Math.max(1, facts.length) : undefined)
  for (const one of facts) people.add(one)
  return people.finish()
}

function roomFor(size: number, isShared = false): Numbers {
  const memory = (bytes: number) =>
    isShared ? new SharedArrayBuffer(bytes * size) : new ArrayBuffer(bytes * size)
  return {
    no: new Int32Array(memory(4)),
    ltvMinor: new Float64Array(memory(8)),
    firstPurchase: new Float64Array(memory(8)),
    changedAt: new Float64Array(memory(8)),
    flags: new Uint8Array(memory(1)),
  }
}

function resized(numbers: Numbers, size: number, isShared = false): Numbers {
  const room = roomFor(size, isShared)
  const fewer = Math.min(size, numbers.no.length)
  for (const name of Object.keys(room) as (keyof Numbers)[]) room[name].set(numbers[name].subarray(0, fewer))
  return room
}

function newestOf(spells: readonly AttributeSpell[] = NO_SPELLS): number {
  return spells.reduce((newest, { from }) => Math.max(newest, from), Number.NEGATIVE_INFINITY)
}

function flagsOf(tier: CustomerFacts['valueTier'], spells: CustomerFacts['spells']): number {
  const place = tier === null ? NO_TIER : TIERS.indexOf(tier)
  return spells === undefined ? place : place | HAS_SPELLS
}

function restOf({
  name,
  owner,
  region,
  site,
  product,
  attributes,
  spells = NO_SPELLS,
}: CustomerFacts): string {
  const rest = {
    name: name ?? undefined,
    owner: owner ?? undefined,
    region: region ?? undefined,
    site: site ?? undefined,
    product: product ?? undefined,
    attributes: isEmpty(attributes) ? undefined : attributes,
    spells: spells.length === 0 ? undefined : spells,
  }
  const text = JSON.stringify(rest)
  return text === '{}' ? '' : text
}

function isEmpty(attributes: CustomerFacts['attributes']): boolean {
  for (const _ in attributes) return false
  return true
}
