import type { Text } from '../text.ts'
import type { Evidence, Held, Reading, SignalName } from './signal.ts'

// Dating costs several passes of the kernel, so it is done when someone asks. Classes, since an object with a getter of
// its own is made slowly and takes a kilobyte, and a night makes some for everyone who is not calm.

/** What has an instant that is worked out when it is asked for. */
export abstract class Dated {
  readonly #when: () => number

  constructor(when: () => number) {
    this.#when = when
  }

  get at(): number {
    return this.#when()
  }
}

/** A reading whose instant is worked out when it is asked for. */
export class DatedReading extends Dated implements Reading {
  readonly signal: SignalName
  readonly fired: boolean
  readonly strong: boolean
  readonly strength: number
  readonly basis: readonly string[]
  readonly evidence: readonly Evidence[]
  readonly independent?: number
  readonly muted?: readonly Evidence[]
  readonly held?: Held

  constructor(of: Told, when: () => number) {
    super(when)
    this.signal = of.signal
    this.fired = of.fired
    this.strong = of.strong
    this.strength = of.strength
    this.basis = of.basis
    this.evidence = of.evidence
    if (of.independent !== undefined) this.independent = of.independent
    if (of.muted !== undefined) this.muted = of.muted
    if (of.held !== undefined) this.held = of.held
  }
}

/** What a reading says besides its instant. What it may leave out may be undefined: leaving it out by spreading is dear. */
interface Told extends Omit<Reading, 'at' | 'muted' | 'held'> {
  readonly muted?: Reading['muted'] | undefined
  readonly held?: Reading['held'] | undefined
}

/** A measure that moved, dated when it is asked for. */
export class DatedChange extends Dated {
  readonly kind = 'change'
  readonly feature: string
  readonly label: Text
  readonly before: number
  readonly after: number
  readonly how: Change['how']
  readonly days: number

  constructor(of: Omit<Change, 'kind' | 'at'>, when: () => number) {
    super(when)
    this.feature = of.feature
    this.label = of.label
    this.before = of.before
    this.after = of.after
    this.how = of.how
    this.days = of.days
  }
}

/** A rule that hit, its sentence filled in and dated when asked for. */
export class DatedRule extends Dated {
  readonly kind = 'rule'
  readonly rule: string
  readonly #says: () => Text

  constructor(rule: string, says: () => Text, when: () => number) {
    super(when)
    this.rule = rule
    this.#says = says
  }

  get sentence(): Text {
    return this.#says()
  }
}

type Change = Extract<Evidence, { kind: 'change' }>

/** As plain values: what is worked out when asked for is asked for here, once. */
export function plainReading(reading: Reading): Reading {
  const { signal, fired, strong, strength, independent, basis, muted, held } = reading
  const evidence = reading.evidence.map(plain)
  // Spread, an object of a class is copied word by word, and a night copies very many.
  const plainly: Mutable<Reading> = { signal, fired, strong, strength, at: reading.at, basis, evidence }
  if (independent !== undefined) plainly.independent = independent
  if (muted !== undefined) plainly.muted = muted.map(plain)
  if (held !== undefined) plainly.held = held
  return plainly
}

/** While it is put together. */
export type Mutable<T> = { -readonly [Name in keyof T]: T[Name] }

function plain(piece: Evidence): Evidence {
  const { kind, at } = piece
  if (kind === 'rule') return withDate({ kind, rule: piece.rule, sentence: piece.sentence }, at)
  if (kind === 'change') {
    const { feature, label, before, after, how, days } = piece
    return withDate({ kind, feature, label, before, after, how, days }, at)
  }
  if (kind === 'rhythm') {
    const { event, label, usualDays, quietDays, chance } = piece
    const rhythm: Mutable<Rhythm> = { kind, event, label, usualDays, quietDays }
    if (chance !== undefined) rhythm.chance = chance
    return withDate(rhythm, at)
  }
  return { ...piece }
}

function withDate<E extends Change | Rhythm | Rule>(piece: Mutable<E>, at: number | undefined): E {
  if (at !== undefined) piece.at = at
  return piece
}

type Rhythm = Extract<Evidence, { kind: 'rhythm' }>
type Rule = Extract<Evidence, { kind: 'rule' }>
