import type { Surroundings } from './surroundings.ts'

/** What a customer ends when they leave. */
const RELATION_ZH =
  /会员|订阅|合同|合约|协议|套餐|服务|账[号户]|帐[号户]|保单|保险|续[费约保]|扣费|代扣|扣款|卡|宽带|号码|合作|订单|年费|计划|采购|授权|vip|plan|课$|包月|包年|业务|流量|网络?$|租|签约|购买|这|它|他|所有|全部|一切|权限|专线|系统|订购|单子|合作|自动续|你们|我们的|免密/
/** Only a part of it goes. */
const OTHERS_STAY_ZH = /(?:其他|其它|其余|别的|剩下)的?[^,。]{0,4}(?:照常|照旧|照发|不变|不动|保留|留着|继续)/
const OTHERS_STAY_EN = /\b(?:keep|leave|ship|send|hold on to) the (?:other|rest|remaining|second|first)\b/
const PARTICLES_ZH = /^(?:[了吧啊呢掉吗嘛呀哦算的,]|一下|我的?|你们|该|此|本|那个?)+/
const GOES_ON_ZH =
  /^(?:就|并|然后|后|和|或|不|也|还|又|都|可以|要|多少|还有|马上|立刻|谢|请|是|会|没|因为|但|别|以后|太|算|退|再|有)/
/** Somebody who wants it, or an act: then it is no event that was called off. */
const WANTED_ZH =
  /我|要|给|帮|想|请|把|能|可以|会员|合同|合约|服务|账|套餐|怎么|如何|咋|再|就|都|不|申请|办|直接|果断|马上|立刻|强制|只好|只能|决定|准备|打算|考虑|单|卡|宽带|业务|续|订阅|权益|保|来|全部|统统|果|必须|赶紧|麻烦/

const RELATION_EN =
  /^(?:subscriptions?|memberships?|accounts?|acct|contracts?|polic(?:y|ies)|plans?|services?|insurance|renewals?|lease|cover(?:age)?|orders?|cards?|lines?|agreements?|licen[cs]es?|auto-?renewal|auto-?pay|it|this|that|these|everything|all|me|us|them|internet|broadband|phone|mobile|gym|cable|tv|numbers?|electricity|gas|energy|premium|pro|prime|deal|partnership|project|purchase|payments?|direct|credit|both|mine|ours|now|today|immediately|asap|anyway|already|online|tomorrow|altogether)$/
const PASSING_EN = new Set(
  'my our the your a an his her its please entire whole annual monthly yearly family'.split(' '),
)
const GOES_ON_EN =
  /^(?:and|or|but|for|because|if|when|since|as|with|by|due|effective|before|after|on|at|in|from|so|then|unless|until|while|right|over|too|to|is|was|are|at|within|without|any|up|free|again|me|i|we|you|by|via|though|only|just|not|out|end|next|this|last|than|anyway|soon|straight|still)$/

/**
 * True when what is cancelled is no part of the relation: an appointment, a wake-up call, an event that was called off.
 * Only asked of words that need an object to mean leaving (`of`: "relation").
 */
export function hasOtherObject(around: Surroundings): boolean {
  return /[a-z]/.test(around.term) ? inEnglish(around) : inChinese(around)
}

function inChinese({ before, after, rest }: Surroundings): boolean {
  if (OTHERS_STAY_ZH.test(rest)) return true
  const object = after.replace(PARTICLES_ZH, '').replace(/[了吧啊呢掉吗嘛呀哦!?.~ ]+$/, '')
  if (object.length >= 2 && !GOES_ON_ZH.test(object))
    return !RELATION_ZH.test(object) && !RELATION_ZH.test(before)
  return before.length >= 2 && object === '' && /^[了的]/.test(after) && !WANTED_ZH.test(before)
}

function inEnglish({ term, before, after, lead, rest }: Surroundings): boolean {
  if (OTHERS_STAY_EN.test(rest)) return true
  // "Cancel that, I found it": what was just asked for.
  if (before.trim() === '' && after.trim() === 'that') return true
  const passive =
    /\b(?:got|gets|was|were|is|are|been|being|get) (?:\w+ly )?$/.test(before) && term.endsWith('ed')
  if (passive) {
    const subject = lead.slice(-60).match(/[a-z']+/g) ?? []
    return !subject.some((word) => RELATION_EN.test(word) || word === 'i' || word === 'we')
  }
  const words =
    after
      .slice(0, 60)
      .match(/^[^,.;!?:"()]*/)![0]
      .match(/[a-z0-9'-]+/g) ?? []
  let seen = 0
  for (const word of words.slice(0, 6)) {
    if (RELATION_EN.test(word)) return false
    if (GOES_ON_EN.test(word)) break
    if (!PASSING_EN.has(word)) seen += 1
  }
  return seen > 0
}
