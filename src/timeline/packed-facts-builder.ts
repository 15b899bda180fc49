import { inOnePiece } from '../features/memory.ts'
import type { AttributeSpell, CustomerFacts } from './history.ts'
import { HAS_SPELLS, NO_TIER, type Numbers, PackedCustomer, PackedFacts, TIERS } from './packed-facts.ts'
import { Texts, TextsBuilder } from './texts.ts'

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

  /** How many it has collected. */
  get length(): number {
    return this.#length
  }

  /** What was collected, in one piece of memory, where threads read it; from here on it collects anew, in the same room. */
  finish(): PackedFacts {
    const of = <T extends { subarray(from: number, to: number): T }>(numbers: T) =>
      numbers.subarray(0, this.#length)
    const [ids, rests, own] = [this.#ids.collected, this.#rests.collected, this.#numbers]
    const [ltvMinor, firstPurchase, changedAt, no, idStarts, restStarts, flags, idBytes, restBytes] =
      inOnePiece([
        of(own.ltvMinor),
        of(own.firstPurchase),
        of(own.changedAt),
        of(own.no),
        ids.starts,
        rests.starts,
        of(own.flags),
        ids.bytes,
        rests.bytes,
      ])
    this.#length = 0
    this.#ids.clear()
    this.#rests.clear()
    const numbers = { no, ltvMinor, firstPurchase, changedAt, flags }
    return new PackedFacts(new Texts(idBytes, idStarts), numbers, new Texts(restBytes, restStarts))
  }

  #put(no: number, ltvMinor: number, firstPurchase: number, changedAt: number, flags: number): void {
    if (this.#length === this.#numbers.no.length) this.#numbers = roomier(this.#numbers)
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

function roomFor(size: number): Numbers {
  return {
    no: new Int32Array(size),
    ltvMinor: new Float64Array(size),
    firstPurchase: new Float64Array(size),
    changedAt: new Float64Array(size),
    flags: new Uint8Array(size),
  }
}

function roomier(numbers: Numbers): Numbers {
  const room = roomFor(numbers.no.length * 2)
  for (const name of Object.keys(room) as (keyof Numbers)[]) room[name].set(numbers[name])
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
