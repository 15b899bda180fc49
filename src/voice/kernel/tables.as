// Tables of which there is but one stand at places of their own, by unit: 65,536 entries each. All others are handed over as
// addresses in the one memory, which src/voice/kernel/memory.ts gives out; nothing is allocated here.

/** What a folded unit is: src/voice/units.ts. */
export const KINDS: usize = 0x1_0000
/** What a unit is as it is written: src/voice/cue-units.ts. */
export const FLAGS: usize = 0x2_0000
/** What a unit is to the pieces of rules, and a bit for each three letters or pair that is one: src/voice/gate.ts. */
export const SIGNS: usize = 0x3_0000
export const ASKED: usize = 0x4_0000
/** What a unit folds to, four bytes each: src/voice/open-text.ts. */
export const PLAIN: usize = 0x5_0000
/** Letters that a digit or sign may stand for, two bytes for each of 128; 0: none: src/voice/automaton.ts. */
export const MEANT: usize = 0x9_0000
/** What is behind is given out. */
export const END: usize = 0x9_0400

/** What a folded unit is, as src/voice/units.ts has it; the last bit: a letter or digit of any script. */
export const WORD: u32 = 1
export const HAN: u32 = 2
export const FILLER: u32 = 4
export const CLAUSE_END: u32 = 8
export const SENTENCE_END: u32 = 16
export const GOES_ON: u32 = 32
/** Without that bit. */
const KIND: u32 = 31

export const SPACE: u32 = 0x20
const STOP: u32 = 0x2e

export function unitAt(units: usize, index: i32): u32 {
  return load<u16>(units + ((<usize>index) << 1))
}

export function kindOf(unit: u32): u32 {
  return load<u8>(unit, KINDS) & KIND
}

export function intAt(table: usize, index: i32): i32 {
  return load<i32>(table + ((<usize>index) << 2))
}

export function putInt(table: usize, index: i32, value: i32): void {
  store<i32>(table + ((<usize>index) << 2), value)
}

/** An English letter, folded. */
export function isLetter(unit: u32): bool {
  return unit - 0x61 < 26
}

/** What ends at a folded unit: CLAUSE_END, SENTENCE_END, both as bits, or 0. */
export function endsAt(units: usize, length: i32, index: i32): u32 {
  const unit = unitAt(units, index)
  if (unit !== STOP) return load<u8>(unit, KINDS) & (CLAUSE_END | SENTENCE_END)
  // A full stop ends a sentence only where no letter or digit follows it ("3.5", "12315.cn" go on).
  const goesOn = index + 1 < length && (load<u8>(unitAt(units, index + 1), KINDS) & GOES_ON) !== 0
  return goesOn ? 0 : CLAUSE_END | SENTENCE_END
}

/** Spreads numbers that lie close together; memory.ts has the same. */
export const MIX: u32 = 0x9e3779b1

/** The slot of a key in a table of `mask + 1`. */
export function slotOf(key: u32, mask: i32): i32 {
  const mixed = key * MIX
  return (mixed ^ (mixed >>> 15)) & mask
}

/** The value that stands behind a key in a table of pairs by open addressing; 0: none. */
export function lookUp(pairs: usize, mask: i32, key: u32): i32 {
  let slot = slotOf(key, mask)
  while (true) {
    const at = pairs + ((<usize>slot) << 3)
    const value = load<i32>(at, 4)
    if (value === 0 || load<u32>(at) === key) return value
    slot = (slot + 1) & mask
  }
}

/**
 * States of a trie are records of four numbers: the unit of the only step (0: none, -1: there are several); where it leads to,
 * or a bit for each unit there is a step for, by its last five bits; one for whoever has the trie; and where the list of
 * several steps stands behind the records. That tells of each bit in turn where its steps begin, and where the last ones end,
 * as numbers from the first record on; steps are pairs, a unit and where it leads to. Most states have one
 * step, and phrases lie one state behind the other.
 */
const SEVERAL = -1
const RECORD: usize = 4

export function recordOf(states: usize, state: i32): usize {
  return states + (<usize>state << RECORD)
}

/** Where a unit leads to; 0: nowhere. */
export function stepAt(states: usize, record: usize, unit: u32): i32 {
  const only = load<i32>(record)
  const step = load<i32>(record, 4)
  if (only === <i32>unit) return step
  const bit = 1 << (unit & 31)
  if (only !== SEVERAL || (step & bit) === 0) return 0
  const group = load<i32>(record, 12) + popcnt(step & (bit - 1))
  const end = intAt(states, group + 1)
  for (let at = intAt(states, group); at < end; at += 2) {
    if (intAt(states, at) === <i32>unit) return intAt(states, at + 1)
  }
  return 0
}
