import { gateOf } from './gate.ts'
import type { Surroundings } from './surroundings.ts'

const IF_ZH =
  /(?:如果|(?<![主还只需不])要是|万一|假如|假设|假使|倘若|若是|(?<![假倘似宛])若(?!干|无|是)|比如|比方说?|譬如|哪天)(?<between>[^,。!?;]{0,22})$/
/** "如果明天修不好我就退款": the term is what will follow, not what is supposed. */
const FOLLOWS_ZH =
  /(?:就|只能|只好|马上|立刻|立马|一定|必须|必|肯定|直接|我会|我们会|绝对|果断|那么?我)[^,]{0,6}$/
const UNWILLING_ZH = /(?:不|没有?|拒绝|迟迟|拖着)(?:不|肯|愿意?|给|同意|让|能|再|予|及时)*(?:我们?)?$/
const ASKS_ZH = /[吗么嘛]|\?|怎么|多少|谁|哪|如何|能不能|会不会|是否|几/
const REMOTE_ZH =
  /万一|假如|假设|假使|倘若|(?:如果|要是|若)[^。!?]{0,14}(?:不合适|不满意|不喜欢|买贵|用不完|用不上|有变|临时|中途|以后|将来|有一天|哪天|后悔|不想用|不适应|不够|生病|下雨|去不了)/
const MAY_ZH = /(?:可以|能|能够|能不能|可不可以|是否|会|会不会|支持|允许|给)[^,]{0,4}$/

const IF_EN =
  /(?<!\b(?:wonder|wondering|wondered|ask|asking|asked|see|know|check|even|as|sure|tell me) )\b(?:if|suppose|supposing|assuming|in case of|in the event of|in case|what if|let's say|say|should (?=an?|the|my|our|some))\b(?<between>[^,.;!?]{0,60})$/
const FOLLOWS_EN =
  /\b(?:i'll|i will|we'll|we will|i shall|then i|i'm going|we're going|i am going|i would rather|i want|i need|i expect|we want|we expect|i demand|refund me|give me|i must|i have to)\b|\w.{6,}\b(?:i'm|we're|i am|we are) $/
const UNWILLING_EN =
  /\b(?:you|they) (?:\w+ )?(?:not|never|won't|don't|can't|cannot|refuse|didn't|do not|will not)\b/
const MODAL_EN =
  /\b(?:would|could|can|do|will|does|is|are|may|might) (?:i|we|you|he|she|they|it|my|our|your|an?|the|there|someone)\b[^.?!;]{0,50}$/
const REMOTE_EN =
  /\b(?:what (?:would )?happens?|what if|hypothetically|in theory|just curious|suppose|supposing|let's say|would it cost|what would it)\b/

/**
 * True when the term belongs to a case that is only supposed: "万一行程有变可以退款吗", "if a guest cancels, who pays?".
 * A threat on a condition ("再这样我就退订", "if this happens again I'll cancel") is none.
 */
export function isSupposed(around: Surroundings, asked: boolean): boolean {
  const { before, lead, rest } = around.signs
  return (
    (around.han && (lead & SUPPOSED_ZH) !== 0 && inChinese(around, asked)) ||
    (around.latin &&
      ((lead & SUPPOSED_EN) !== 0 || ((before & MAY_EN) !== 0 && (rest & FOLLOWED_BY_IF) !== 0)) &&
      inEnglish(around, asked))
  )
}

const SUPPOSED_ZH = gateOf(IF_ZH, REMOTE_ZH)
const SUPPOSED_EN = gateOf(IF_EN, REMOTE_EN, /^ ?if\b/)
const MAY_EN = gateOf(MODAL_EN)
const FOLLOWED_BY_IF = gateOf(/\bif\b/)

function inChinese({ before, after, lead, rest }: Surroundings, asked: boolean): boolean {
  const between = IF_ZH.exec(before)?.groups?.['between']
  if (between !== undefined) {
    if (FOLLOWS_ZH.test(between) && !ASKS_ZH.test(after)) return false
    if (/^(?:你们?)?(?:再|还)/.test(between) && !ASKS_ZH.test(rest)) return false
    return !(asked && (UNWILLING_ZH.test(between) || /^[^,]{0,4}(?:不了|不成|没|慢|不到)/.test(after)))
  }
  return REMOTE_ZH.test(lead) && MAY_ZH.test(before) && /[吗么嘛]|\?|不$/.test(rest)
}

function inEnglish({ before, after, lead, rest }: Surroundings, asked: boolean): boolean {
  const between = IF_EN.exec(before)?.groups?.['between']
  if (between !== undefined)
    return (
      (/what if$/.test(before.slice(0, before.length - between.length)) || !FOLLOWS_EN.test(between)) &&
      !(asked && UNWILLING_EN.test(between))
    )
  if (REMOTE_EN.test(lead)) return true
  if (/^ ?if\b/.test(lead) && /^ ?(?:who|what|how|where|which)\b/.test(before)) return true
  if (
    /^ ?(?:and |so )?if\b/.test(lead) &&
    /\b(?:will|would|do|does|can|could) (?:you|i|we|they|it|the \w+|my \w+) $/.test(before) &&
    !/^ (?:me|us|my money)\b/.test(after)
  )
    return true
  return MODAL_EN.test(before) && /\bif\b/.test(rest)
}
