import { anyOf, gateOf } from './gate.ts'
import type { Surroundings } from './surroundings.ts'

/**
 * True when the speaker says that the term does not hold. What we are asked for (`asked`, e.g. a refund) is only
 * taken back by the wish itself ("I don't want a refund"); "you don't refund me" asks for it all the more.
 */
export function isNegated(around: Surroundings, asked: boolean, blames = false): boolean {
  const { before, after } = around.signs
  if (blames && (before & WARNED) !== 0 && WARNS.test(around.before)) return false
  if (
    (before & HOW_COULD) !== 0 &&
    HOW_COULD_I.test(around.before) &&
    /^[^,。]{0,4}[呢啊]/.test(around.after)
  )
    return true
  if ((before & WHETHER_OR_NOT) !== 0 && around.before.endsWith('不') && NO_MATTER.test(around.after))
    return true
  return (
    (around.han && (before & NEGATED_ZH) !== 0 && negatedInChinese(around, asked)) ||
    (around.latin && (before & NEGATED_EN) !== 0 && negatedInEnglish(around.before, asked)) ||
    (((before & WAIVED_BEFORE) !== 0 || (after & (WAIVED_ZH | WAIVED_EN)) !== 0) && waivedAround(around))
  )
}

/** "别骗人": that it is done is what is said. */
const WARNS = /(?:别|不要|甭|少|休想|莫)(?:再|想|老|总|来|动不动)*(?:这样|这么)?$/
const WARNED = gateOf(WARNS)

const HOW_COULD_I = /(?:我|咱)?怎么(?:会|可能|舍得)$/
const HOW_COULD = gateOf(HOW_COULD_I)

const ZH_WISH =
  '不想|不要|不愿意?|不打算|不需要|不用|不必|无需|无意|没想过?|没打算|没有打算|没有想过?|没要|没说要?|没有说要?|没有要|不是要|不是想|不是来|不是为了|' +
  '并非要|并非想|千万别|先别|别|甭|从没想过|没考虑|不考虑|不准备|没准备|舍不得|不舍得|用不着|犯不着|不至于|没必要|没有必要|不值得|懒得|从来没想过?|从未想过?|谁说我要|谁说要|谁要|哪里会|哪会|怎么可能|并不想'
const ZH_PLAIN =
  '从来没有?|从没有?|不觉得|没觉得|没感觉|并没有?|不会|不可能|不能算|不算|不是|并非|并不|不再|从不|从未|没有|没|未|不|绝非|毫无|谈不上'
/** What may stand between the negator and the term; after a bare "不" or "没" only the nearest of these. */
const ZH_NEAR =
  '申请过?|提过?|看|试过?|打算|准备|考虑过?|再|去|来|要求?|想|说|真的?|被|是|过|很|太|什么|那么|这么|找|跟|和'
const ZH_BETWEEN =
  `${ZH_NEAR}|申请|办理?|现在|轻易|主动|给你们|你们|他们|它|选择|考虑|让你们|让他们|个|一?点|任何|马上|立刻|立即|提|提出|随便|因此|因为这个|为此|` +
  '打算|准备|拿|那种|闹到?|告到?|走到|上升到|发展到|考虑过|觉得|认为|感觉|你们|您|就|为了?.{0,6}|因为.{0,6}|因.{0,4}|轻易地|动不动|一定|非|必须|有|所谓的?|要去|看|找过|换过?|是那种|有什么|半点|一丝|丝毫|给我们?|给|投诉|要求'
const zhNegation = new RegExp(`(${ZH_WISH}|${ZH_PLAIN})((?:${ZH_BETWEEN}){0,5})$`)
const NEGATED_ZH = gateOf(zhNegation)
const nearOnly = new RegExp(`^(?:${ZH_NEAR}){0,3}$`)
const wishes = new Set(expand(ZH_WISH))

function expand(alternatives: string): string[] {
  return alternatives
    .split('|')
    .flatMap((word) => (word.includes('?') ? [word.replace(/.\?/, ''), word.replace('?', '')] : [word]))
}

function negatedInChinese({ before, after }: Surroundings, asked: boolean): boolean {
  const found = zhNegation.exec(before.slice(-24))
  if (found === null) return false
  const [whole, negator, between] = found as unknown as [string, string, string]
  const lead = before.slice(0, before.length - whole.length)
  if (isUndone(lead, negator) || isRhetorical(negator, after)) return false
  if (/^(?:不|没有?|未)$/.test(negator) && !nearOnly.test(between)) return false
  if (!asked || /(?:我|我们|咱们?)(?:也|都|是|肯定|绝对|一定|暂时|目前|现在)?$/.test(lead)) return true
  return wishes.has(negator) || /要|想|申请|打算|考虑/.test(between)
}

/** "不得不退", "不是不想", "要不要", "要不", "还没退", "特别": the negator negates nothing. */
function isUndone(lead: string, negator: string): boolean {
  if (/(不是|不得|不能|不可|没有|无法|不会|非|莫)$/.test(lead)) return true
  if (negator.startsWith('不') && negator.length > 1 && lead.endsWith(negator[1]!)) return true
  if (/^[没未]/.test(negator) && /(?:还|一直|至今|到现在|怎么|为什么)(?:都|还)?$/.test(lead)) return true
  if (negator === '不' && /[要差莫巴恨]$/.test(lead)) return true
  if (negator.startsWith('没') && /有$/.test(lead)) return true
  return negator.startsWith('别') && /[特分区级性个差告类识辨]$/.test(lead)
}

/** "这不是欺骗吗", "不是骗人是什么": the question asserts. */
function isRhetorical(negator: string, after: string): boolean {
  return /^(?:不是|不算|不)$/.test(negator) && /[吗么嘛]\s*$|是什么/.test(after)
}

const EN_WISH = new Set(
  'want wants wanted wanting wish wishing looking asking asked ask need needs needing interested requesting request seek seeking plan planning plans planned intend intended intends intending intention thinking think considering expecting reason desire desired interest urge point rather demanding after threatening'.split(
    ' ',
  ),
)
const EN_BETWEEN = new Set(
  "to a an the any my our your us me i we you it this that for of about on in be being been get getting have having is are was switching moving changing going using looking shopping over with other one considered tried visited contacted compared seen said say saying call calling talk talking talked thought it's i'm it's we're fully completely entirely exactly necessarily even really actually ever simply going gonna trying try will would should could i'll we'll i'd we'd here yet been feel feeling all that's such worth".split(
    ' ',
  ),
)
const EN_NOT = new Set([
  ...'not never no hardly barely against nobody nothing none without neither nor instead rather'.split(' '),
  ...'do does did is are was were would wo have has had should ai'
    .split(' ')
    .flatMap((verb) => [`${verb}n't`, `${verb}nt`]),
])
const EN_STRONG = new Set(['against', 'without', 'instead', 'rather'])
const EN_UNDOES = new Set(['can', 'could', 'cannot', 'why', 'if', 'unless', 'until'])

/** "I'd rather have a replacement than a refund", "I don't think your company is a fraud", "not angry enough to leave". */
const EN_FAR =
  /\b(?:rather|prefer(?:red|ably)?)\b[^,.;!?]{0,40}\b(?:than|over|to) (?:\w+ ){0,3}$|\bnot (?:\w+ )?(?:\w+) enough to (?:\w+ )?$|\b(?:far from|anything but|stopped short of|short of) (?:an? )?$/
const EN_OPINION =
  /\b(?:don't|do not|didn't|did not|wouldn't|would not|doesn't|never) (?:really |ever |actually )?(?:think|thought|believe|believed|feel|felt|say|said|consider|considered|mean|suggest|claim|imagine)\b[^,.;!?]{0,40}$/
/** "How is this not a scam?", "Isn't this fraud?": the question asserts. */
const EN_RHETORICAL =
  /\bhow (?:is|are|was|were|can|could) [^,.]{0,24}\bnot\b[^,.]{0,12}$|(?:^|[,.!?] ?|\bso )(?:(?:isn't|aren't|wasn't) (?:(?:this|that|it|you|they|these|those|there)\b[^,.]{0,20})?|(?:doesn't|don't) (?:this|that|it|you|they)\b[^,.]{0,20})$/

const NEGATED_EN = gateOf(
  EN_FAR,
  EN_OPINION,
  /\b(?:not|never|no|hardly|barely|against|nobody|nothing|none|without|neither|nor|instead|rather)\b|n'?t\b/,
)

function negatedInEnglish(before: string, asked: boolean): boolean {
  if (EN_RHETORICAL.test(before)) return false
  if (EN_FAR.test(before) || (!asked && EN_OPINION.test(before))) return true
  let wished = false
  let end = before.length
  // The nearest word first: hardly ever are more than two of them asked about.
  for (let count = 0; count < MOST_BETWEEN; count += 1) {
    const word = lastWord(before, end)
    if (word === null) return false
    end = word.start
    if (EN_NOT.has(word.letters)) {
      const earlier = lastWord(before, end)?.letters ?? ''
      if (word.letters === 'rather' && earlier === 'would') return false
      if (EN_UNDOES.has(earlier)) return false
      return !asked || wished || EN_STRONG.has(word.letters)
    }
    if (EN_WISH.has(word.letters)) wished = true
    else if (!EN_BETWEEN.has(word.letters)) return false
  }
  return false
}

/** A negation is looked for among so many words before the term. */
const MOST_BETWEEN = 9

/** The last word of letters and apostrophes that ends before a place; null: there is none. */
function lastWord(
  words: string,
  before: number,
): { readonly start: number; readonly letters: string } | null {
  let end = before
  while (end > 0 && !isOfWord(words.charCodeAt(end - 1))) end -= 1
  if (end === 0) return null
  let start = end - 1
  while (start > 0 && isOfWord(words.charCodeAt(start - 1))) start -= 1
  return { start, letters: words.slice(start, end) }
}

function isOfWord(unit: number): boolean {
  return (unit >= 0x61 && unit <= 0x7a) || unit === 0x27
}

const NO_MATTER_OF =
  /^的?(?:我们?|咱)?(?:都|也|从来|从|可|才|根本|压根)?(?:没|不)有?(?:用|去|买|考虑|想|看|试|信|会|要)/
const NOT_NEEDED_ZH =
  /^(?:就|倒|也|什么的|的话|这事|费)*(?:不用|不必|不需要|算了|免了|没必要|没有必要|大可不必)/
/** "还是退款算了": it is done with us, not with the word. */
const RATHER_ZH = /还是|不如|干脆|索性/
const LAST_THING = /^ (?:is|would be) the last thing/
const NOT_NEEDED_EN = /^ (?:(?:is|was) not|(?:is|was)n'?t) (?:necessary|needed|required|what)/
const BY_MISTAKE = /^[^.?!]{0,16}\bby (?:mistake|accident)\b/
/** Pressed without meaning it. */
const MISTAKEN =
  /(?:误点|误按|误操作|点错|按错|不小心(?:点|按|选)|手滑|手误)[了成到]?.{0,4}$|\b(?:accidentally|mistakenly|unintentionally) $/
const NO_LONGER = /(?:^|please )(?:don't|do not) $/
/** "退不退都行" */
const WHETHER_OR_NOT = gateOf(/不$/)
const NO_MATTER = /^(?:了|就|其实)?(?:也|都)?(?:行|可以|成|没关系|没事|无所谓|要紧)/
const NOT_SO_FAR = /^的(?:地步|程度|意思|想法|念头|打算|计划)/
const WAIVED_BEFORE = gateOf(/\bno $/, NO_LONGER, MISTAKEN)
const AFTER_ZH = [NO_MATTER_OF, NOT_SO_FAR, NOT_NEEDED_ZH]
const AFTER_EN = [LAST_THING, NOT_NEEDED_EN, BY_MISTAKE]
const WAIVED_ZH = gateOf(...AFTER_ZH)
const WAIVED_EN = gateOf(...AFTER_EN)
/** Any of them: nearly always none. */
const ANY_ZH = anyOf(AFTER_ZH)
const ANY_EN = anyOf(AFTER_EN)

/** "退款就不用了", "a refund is not necessary", "no refund needed": taken back around the word. */
function waivedAround(around: Surroundings): boolean {
  const { before, after, term, han, latin, signs } = around
  if (han && (signs.after & WAIVED_ZH) !== 0 && ANY_ZH.test(after)) {
    if (NO_MATTER_OF.test(after)) return /[别其竞隔外]/.test(term)
    if (NOT_SO_FAR.test(after) && /[没不]/.test(before)) return true
    if (NOT_NEEDED_ZH.test(after)) return isMistaken(around) || !RATHER_ZH.test(before + term)
  }
  return isMistaken(around) || (latin && (signs.after & WAIVED_EN) !== 0 && ANY_EN.test(after))
}

function isMistaken({ before, after, latin, signs }: Surroundings): boolean {
  if ((signs.before & WAIVED_BEFORE) === 0) return false
  if (
    latin &&
    /\bno $/.test(before) &&
    /^s? (?:is |are |was )?(?:needed|necessary|required|wanted)/.test(after)
  )
    return true
  return (latin && NO_LONGER.test(before)) || MISTAKEN.test(before)
}
