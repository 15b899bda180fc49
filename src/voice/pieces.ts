/**
 * What a text must hold for a regular expression to match anywhere in it, read out of the expression itself: one of a
 * few short pieces. A rule whose pieces are missing need not be asked, which is cheaper by far than asking it.
 */

/** Stands in a piece for what is no letter of English: a blank, a digit, a sign, a Chinese character, either end of the text. */
export const EDGE = '\u0000'
/** More ways to spell a stretch than this say nothing. */
const MOST_WAYS = 256

/** What is known of a part of an expression: all that it may be, where that is little, or else what it must hold. */
interface Known {
  readonly ways: readonly string[] | null
  readonly holds: readonly string[] | null
}

const EMPTY: Known = { ways: [''], holds: null }
const ANYTHING: Known = { ways: null, holds: null }

/** Pieces of which any text that matches holds one, as `signsIn` finds them; null: it may match without any. */
export function piecesOf(pattern: RegExp): readonly string[] | null {
  if (pattern.ignoreCase) return null
  const known = new Reader(pattern.source).alternatives()
  const stretches = known.ways ?? known.holds
  const pieces = stretches?.map(pieceOf) ?? [null]
  return pieces.includes(null) ? null : [...new Set(pieces as string[])]
}

/** Reads an expression from the left; whatever it does not know says nothing. */
class Reader {
  readonly #source: string
  #at = 0

  constructor(source: string) {
    this.#source = source
  }

  alternatives(): Known {
    const all = [this.#sequence()]
    while (this.#taken('|')) all.push(this.#sequence())
    return anyOf(all)
  }

  #sequence(): Known {
    const parts: Known[] = []
    while (this.#at < this.#source.length && !/[|)]/.test(this.#source[this.#at]!)) {
      parts.push(this.#repeated(this.#atom()))
    }
    return inTurn(parts)
  }

  #atom(): Known {
    const sign = this.#source[this.#at++]!
    if (sign === '(') return this.#group()
    if (sign === '[') return this.#class()
    if (sign === '\\') return this.#escaped()
    // No word goes on across either end of what a rule is asked about: where one would, all gates are open.
    if (sign === '^' || sign === '$') return { ways: [EDGE], holds: null }
    return sign === '.' ? ANYTHING : { ways: [sign], holds: null }
  }

  #group(): Known {
    const kind = /^\?(?:<[=!]|<\w+>|[:=!])/.exec(this.#source.slice(this.#at))?.[0] ?? ''
    this.#at += kind.length
    const inside = this.alternatives()
    this.#at += 1
    // What stands around a match need not stand in the text that is looked at.
    return /[=!]$/.test(kind) ? EMPTY : inside
  }

  #class(): Known {
    const end = /^(?:\\.|[^\]\\])*/.exec(this.#source.slice(this.#at))![0]
    this.#at += end.length + 1
    if (/^\^|\\|.-./.test(end)) return ANYTHING
    return { ways: [...end], holds: null }
  }

  #escaped(): Known {
    const sign = this.#source[this.#at++]!
    if (sign === 'b') return { ways: [EDGE], holds: null }
    if (/[pP]/.test(sign)) this.#at = this.#source.indexOf('}', this.#at) + 1
    return /\w/.test(sign) ? ANYTHING : { ways: [sign], holds: null }
  }

  #repeated(once: Known): Known {
    const times = /^(?:[?*+]|\{(\d+)(?:,\d*)?\})\??/.exec(this.#source.slice(this.#at))
    if (times === null) return once
    this.#at += times[0].length
    const sign = times[0][0]
    if (sign === '?' && once.ways !== null) return { ways: [...once.ways, ''], holds: null }
    return sign === '+' || Number(times[1] ?? 0) > 0 ? { ways: null, holds: holdsOf(once) } : ANYTHING
  }

  #taken(sign: string): boolean {
    const here = this.#source[this.#at] === sign
    if (here) this.#at += 1
    return here
  }
}

function anyOf(all: readonly Known[]): Known {
  if (all.length === 1) return all[0]!
  const ways = all.flatMap((one) => one.ways ?? [])
  if (all.every((one) => one.ways !== null) && ways.length <= MOST_WAYS) return { ways, holds: null }
  const holds = all.map(holdsOf)
  return { ways: null, holds: holds.includes(null) ? null : holds.flatMap((one) => one!) }
}

function inTurn(parts: readonly Known[]): Known {
  let best: readonly string[] | null = null
  /** Parts that follow each other and are few enough together to be spelled out, and their spellings. */
  let run: (readonly string[])[] = []
  let ways: readonly string[] = ['']
  let whole = true
  for (const part of parts) {
    const longer = part.ways === null ? null : joined(ways, part.ways)
    if (longer !== null) {
      run.push(part.ways!)
      ways = longer
      continue
    }
    whole = false
    best = better(better(best, holdsOf({ ways, holds: null })), part.holds)
    run = part.ways === null ? [] : latest([...run, part.ways])
    ways = spelled(run) ?? ['']
  }
  if (whole) return { ways, holds: null }
  return { ways: null, holds: better(best, holdsOf({ ways, holds: null })) }
}

/** As many of the last parts as can be spelled out together. */
function latest(run: readonly (readonly string[])[]): (readonly string[])[] {
  let first = 0
  while (first < run.length && spelled(run.slice(first)) === null) first += 1
  return run.slice(first)
}

function spelled(run: readonly (readonly string[])[]): readonly string[] | null {
  let ways: readonly string[] | null = ['']
  for (const more of run) ways = ways === null ? null : joined(ways, more)
  return ways
}

function joined(ways: readonly string[], more: readonly string[]): readonly string[] | null {
  if (ways.length * more.length > MOST_WAYS) return null
  return ways.flatMap((first) => more.map((second) => meeting(first, second)))
}

/** The edge of a word next to a sign that is one itself is that sign. */
function meeting(first: string, second: string): string {
  if (first.endsWith(EDGE) && second !== '' && isEdge(second[0]!)) return first.slice(0, -1) + second
  if (second.startsWith(EDGE) && first !== '' && isEdge(first.at(-1)!)) return first + second.slice(1)
  return first + second
}

function holdsOf({ ways, holds }: Known): readonly string[] | null {
  if (ways === null) return holds
  return ways.some((way) => pieceOf(way) === null) ? null : ways
}

/** Whichever is rarer in texts, as far as its length tells. */
function better(one: readonly string[] | null, other: readonly string[] | null): readonly string[] | null {
  if (one === null || other === null) return one ?? other
  return commonness(other) < commonness(one) ? other : one
}

function commonness(stretches: readonly string[]): number {
  return stretches.reduce((sum, stretch) => sum + usual(pieceOf(stretch)!), 0)
}

/** The rarest piece of a stretch: three signs with a letter among them, two Chinese characters, or a single sign. */
function pieceOf(stretch: string): string | null {
  let best: string | null = null
  const letters = stretch.replace(/[^a-z]/gi, EDGE)
  for (let at = 0; at < stretch.length; at += 1) {
    const three = letters.slice(at, at + 3)
    const two = stretch.slice(at, at + 2)
    if (three.length === 3 && /[a-z]/i.test(three)) best = rarer(best, three)
    if (/^[\u3400-\u9fff]{2}$/.test(two)) best = rarer(best, two)
    if (stretch[at] !== EDGE && /[^a-z0-9_\s]/i.test(stretch[at]!)) best = rarer(best, stretch[at]!)
  }
  return best
}

function rarer(one: string | null, other: string): string {
  return one === null || usual(other) < usual(one) ? other : one
}

/** About how often a piece stands in a text; only the order counts. */
function usual(piece: string): number {
  if (piece.length === 1) return /[,.]/.test(piece) ? 1 : 0.05
  if (piece.length === 2) return COMMON_HAN.has(piece) ? 0.1 : 0.005
  if (COMMON.has(piece)) return 1
  return [...piece].reduce((product, letter) => product * (LETTERS.get(letter) ?? 0.005), 1) * 100
}

/** Three letters that many English words share. */
const COMMON = new Set(
  'the and ing ion tio ent ati for her ter hat tha ere ate his con res ver all ons nce men ith ted ers pro thi wit are ess not ive was ect com eve per est sta ist ear ain one our ell you hey can out ill uld now but hav get ake use ack and just whe wha nly igh oul ght'.split(
    ' ',
  ),
)
/** Pairs of Chinese characters that many sentences have. */
const COMMON_HAN = new Set(
  '我们 你们 他们 我要 我想 我的 你的 给我 帮我 跟我 没有 不要 不是 不会 不能 不想 什么 怎么 可以 已经 现在 这个 那个 这么 还是 就是 都是 的是 了吧 一下 一个'.split(
    ' ',
  ),
)
/** Shares of English letters, roughly. */
const LETTERS = new Map<string, number>([
  [EDGE, 0.2],
  ...[...'etaoinsrhldcumfpgwybvkxjqz'].map((letter, at): [string, number] => [letter, 0.1 * 0.88 ** at]),
])

function isEdge(sign: string): boolean {
  return !/[a-z]/i.test(sign)
}
