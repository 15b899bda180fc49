import { intAt, lookUp, putInt, recordOf, stepAt, unitAt } from './tables'

const RAW_WORD: u32 = 1
const KINDS = 8
const LETTER: u32 = 0x7fff
const FAR = 0x7fff_ffff
/** Places of a state's numbers. */
const FAIL: usize = 8
const OUTPUT: usize = 12

/**
 * Finds every phrase in one pass (Aho-Corasick), whole words only in scripts that have them; one inside a longer one of its
 * kind is left out. `letters` numbers the units of phrases, with the uppermost bit for those of words; `first` holds the
 * steps out of the root, `steps` those of states with several, by `state * width + letter`. Of each state `states` has
 * besides its step the longest suffix that begins another phrase, and the nearest state in which phrases end; `from` has its
 * first place in `ending`, numbers of phrases. A phrase has a length, a value and a kind (0..7). What is found goes to `out`
 * in the order it ends, in four planes of `room` numbers: starts, ends, values and kinds, and eight numbers more; there must
 * be room for eight finds a unit. Returns how many.
 */
export function scan(
  raw: usize,
  length: i32,
  flags: usize,
  letters: usize,
  width: i32,
  first: usize,
  steps: usize,
  mask: i32,
  states: usize,
  from: usize,
  ending: usize,
  lengths: usize,
  values: usize,
  kinds: usize,
  out: usize,
  room: i32,
): i32 {
  let count = 0
  let state = 0
  let inWord = false
  for (let index = 0; index < length; index++) {
    const unit = unitAt(raw, index)
    const both: u32 = load<u16>(letters + ((<usize>unit) << 1))
    const letter = <i32>(both & LETTER)
    const word = both !== <u32>letter
    // A phrase begins at the head of a word; a sign that is in no phrase ends them all.
    if (letter === 0 || (state === 0 && inWord && word)) state = 0
    else {
      let next = 0
      while (state !== 0) {
        const here = recordOf(states, state)
        next = stepAt(here, letter)
        if (next < 0) next = lookUp(steps, mask, state * width + letter)
        if (next !== 0) break
        state = load<i32>(here, FAIL)
      }
      state = next !== 0 ? next : intAt(first, letter)
    }
    inWord = word
    if (outputOf(states, state) === 0) continue
    const end = index + 1
    if (end < length && word && (load<u8>(flags + unitAt(raw, end)) & RAW_WORD) !== 0) continue
    let taken: u32 = 0
    for (let at = outputOf(states, state); at !== 0; at = outputOf(states, failOf(states, at))) {
      for (let place = intAt(from, at); place < intAt(from, at + 1); place++) {
        const phrase = intAt(ending, place)
        const kind = intAt(kinds, phrase)
        const start = end - intAt(lengths, phrase)
        if ((taken & (1 << kind)) !== 0 || (start > 0 && isInsideWord(raw, flags, start))) continue
        taken |= 1 << kind
        putInt(out, count, start)
        putInt(out, room + count, end)
        putInt(out, 2 * room + count, intAt(values, phrase))
        putInt(out, 3 * room + count, kind)
        count++
      }
    }
  }
  return count > 1 ? withoutInner(out, room, count) : count
}

function outputOf(states: usize, state: i32): i32 {
  return load<i32>(recordOf(states, state), OUTPUT)
}

function failOf(states: usize, state: i32): i32 {
  return load<i32>(recordOf(states, state), FAIL)
}

/** True when a place has letters or digits on both sides. */
function isInsideWord(raw: usize, flags: usize, place: i32): bool {
  const both = load<u8>(flags + unitAt(raw, place - 1)) & load<u8>(flags + unitAt(raw, place))
  return (both & RAW_WORD) !== 0
}

/** Looked at from the end, a phrase lies inside a later one exactly when that one begins no later. */
function withoutInner(out: usize, room: i32, count: i32): i32 {
  const least = out + ((<usize>(4 * room)) << 2)
  for (let kind = 0; kind < KINDS; kind++) putInt(least, kind, FAR)
  let kept = count
  for (let index = count - 1; index >= 0; index--) {
    const start = intAt(out, index)
    const kind = intAt(out, 3 * room + index)
    if (start >= intAt(least, kind)) continue
    putInt(least, kind, start)
    kept--
    for (let plane = 0; plane < 4; plane++) putInt(out, plane * room + kept, intAt(out, plane * room + index))
  }
  if (kept === 0) return count
  const left = count - kept
  for (let plane = 0; plane < 4; plane++) {
    const at = out + ((<usize>(plane * room)) << 2)
    memory.copy(at, at + ((<usize>kept) << 2), (<usize>left) << 2)
  }
  return left
}
