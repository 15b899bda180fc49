import { gateOf } from './gate.ts'
import type { Surroundings } from './surroundings.ts'

const GOOD_ZH =
  '好|强|快|便宜|实惠|划算|靠谱|贴心|专业|稳定|方便|省心|优惠|细心|周到|安静|干净|低|舒服|放心|香'
const BETTER_AFTER_ZH = new RegExp(`^的?[^,。!?]{0,6}?(?:更|都|还要?)?(?:${GOOD_ZH})`)
const WITHOUT_THEM =
  /(?:都|也|就|可|还是|质量|服务|根本|完全|真的?)?(?:不行|不如你|没(?:有)?(?:你|这|咱)|比不(?:上|了)(?:你|这|咱)|不及你|没法比|要排队|都排队|都涨|哪里?有你|哪里?比得上|哪能[跟和]你|赶不上你|关门|倒闭|跑路|停业)/
/** From here on it is we who do not: "隔壁都能延迟退房,你们凭啥不行". */
const US_ZH = /你们?家?(?:凭|怎|为|咋|却|偏|就不|都不|还不|又不)/
const STAYS_ZH =
  /(?:还是|最后|最终|仍然?|依然|继续|一直|果断)[^,。!?不没]{0,4}(?:你们?|这里|这儿|咱家|贵|您家|您这)[^,。!?]{0,8}/
const NOT_GOOD_ZH = /不如|更?差|太?贵|不行|没有|不好|慢|输|落后|垃圾/
const BEST_ZH =
  /你们?(?:家|的|这)?[^,。!?不没]{0,6}(?:最好|最快|最靠谱|第一|数一数二|最实惠|最便宜|最专业|最贴心|良心)|(?:就|只有)你们?(?:家|这)?(?:最)?(?:好|快|靠谱|没涨|便宜|实惠|稳|良心|认真|负责|贴心)/

const BETTER_EN =
  /\b(?:better|cheaper|faster|nicer|easier|friendlier|quicker|superior|ahead|more \w+) (?:than|to|of) (?:\w+ ){0,3}$/
const CHOSE_EN =
  /\b(?:chose you|choose you|chosen you|picked you|stick(?:ing)? with you|stay(?:ing|ed)? with you|prefer yours?|still (?:choose|pick|love|come to|come back to) you(?:rs)?|we're staying|i'm staying|you picked up|you were the only|only you (?:\w+ )?|came (?:straight |right )?back|back to you|you're (?:still )?the best|you are (?:still )?the best|you (?:always|never let|win|beat|actually|answered)|learn (?:from|a lot from) you|glad i stayed|happy with you|yours is (?:better|the best)|nothing beats|compare(?:s|d)? to you|match(?:es)? you|beats? you|comes? close|still love you|none (?:was|were|is|are|of)|could never|can't compare|as good as you|you (?:guys )?rock|miles ahead|on top|hands down|you win|way ahead|wish(?:es)? they|envy|envious|jealous)\b/
const NONE_EN = /\b(?:no|unlike(?: \w+)?|none of the|not one of the) (?:\w+ )?$/

/** Gone to others once, for want of what we have now: "要是你们早点出这个功能,我当初就不会去用别家了". */
const WOULD_NOT_HAVE_ZH = /(?:当初|当时|那时候?)[^,。!?]{0,6}(?:不会|不用|不至于|犯不着)[^,。!?]{0,6}$/

/** They look up to us: "竞品都在抄你们", "your rivals wish they had this". */
const LOOK_UP_ZH = /^[^。!?]{0,8}(?:抄|学|模仿|羡慕|佩服|夸|取经)[^。!?]{0,6}你们?/

/** True when the customer speaks of others to say that we are better: "比别家好", "I compared three and chose you". */
export function isInOurFavour(around: Surroundings): boolean {
  const { before, all } = around.signs
  return (
    (around.han && ((before & COMPARED) !== 0 || (all & FAVOUR_ZH) !== 0) && inChinese(around)) ||
    (around.latin && ((before & LESS_EN) !== 0 || (all & FAVOUR_EN) !== 0) && inEnglish(around))
  )
}

const COMPARED_ZH = /[比较]$/
const BESIDE_ZH = /(?:对比|相比|比起|较之|和|跟|与)[^,]{0,4}$/
const NOR_US_ZH =
  /^[^。!?]{0,16},[^,。]{0,2}(?:你(?:们|家)*(?!们|家)|这里|这边)(?!却|还|要|没有|不|怎么|偏|才)[^,。]{0,8}(?:秒|快|好|不用|免费|没|最|马上|立刻|一直|靠谱|便宜|稳)/
const NO_RISE_ZH = /涨[^,。]{0,6},[^。]{0,4}(?:你们?|这里)[^。]{0,4}没涨/
const YOU_EN = /\byou(?:'re| are)?\b[^.!?]{0,20}\b(?:better|best|cheaper|faster|nicer)\b/
const COMPARED = gateOf(COMPARED_ZH, BESIDE_ZH, WOULD_NOT_HAVE_ZH)
const FAVOUR_ZH = gateOf(WITHOUT_THEM, STAYS_ZH, NOR_US_ZH, BEST_ZH, NO_RISE_ZH, LOOK_UP_ZH)
const LESS_EN = gateOf(BETTER_EN, /\bno |\bunlike\b|\bnone of the|\bnot one of the/)
const FAVOUR_EN = gateOf(CHOSE_EN, YOU_EN)

function inChinese({ before, after, rest, sentence }: Surroundings): boolean {
  if (WOULD_NOT_HAVE_ZH.test(before) || LOOK_UP_ZH.test(rest)) return true
  if (COMPARED_ZH.test(before) || BESIDE_ZH.test(before)) {
    const worse = /^[^,。!?]{0,8}(?:贵|差|慢|少|难|烂|麻烦|低效|弱)/.test(after)
    const mine =
      /(?:你们?(?:家|的|这边|这里)?[^,。]{0,6}|^(?:真的?|还是|确实)?|价格|服务|速度|质量)(?:比|对比|相比)$/.test(
        before,
      )
    if (before.endsWith('比') && /满意|喜欢|推荐|点赞|开心|良心/.test(rest)) return true
    if (before.endsWith('比') && mine && !worse && BETTER_AFTER_ZH.test(after)) return true
  }
  if (WITHOUT_THEM.test(untilUs(rest.slice(0, 16))) && /你|这|咱|良心|就|还是/.test(sentence)) return true
  const stays = STAYS_ZH.exec(sentence)
  if (stays !== null && !NOT_GOOD_ZH.test(stays[0])) return true
  if (!/有没有|能不能|可不可以|[吗么]|\?/.test(rest) && NOR_US_ZH.test(rest)) return true
  return BEST_ZH.test(sentence) || NO_RISE_ZH.test(sentence)
}

function untilUs(rest: string): string {
  const us = rest.search(US_ZH)
  return us < 0 ? rest : rest.slice(0, us)
}

function inEnglish({ before, after, sentence }: Surroundings): boolean {
  if (
    BETTER_EN.test(before) &&
    !/\b(?:they|it|offers?|is|are|theirs) [^,]{0,12}\b(?:better|cheaper|faster) than you/.test(before)
  )
    return true
  if (NONE_EN.test(before)) return true
  if (CHOSE_EN.test(sentence) || CHOSE_EN.test(after)) return true
  return YOU_EN.test(sentence) && !/\bthan you\b/.test(sentence)
}
