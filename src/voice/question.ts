import { anyOf, gateOf } from './gate.ts'
import type { Surroundings } from './surroundings.ts'

const RELATION_ZH =
  /订阅|会员|账号|账户|帐号|合同|合约|套餐|保单|服务|续费|续保|续约|自动扣费|包月|包年|年卡|月卡|VIP|vip/
const RELATION_EN =
  /\b(?:subscription|membership|account|contract|policy|plan|service|insurance|renewal|lease|cover)s?\b/

/**
 * True when someone asks how a thing is done or what the rules are, rather than doing it: "怎么取消闹钟", "what is
 * your refund policy". Asking how to end the relation itself ("how do I cancel my subscription"), or how to get
 * what we owe (`asked`), is not an idle question and stays counted.
 */
export function isHowTo(around: Surroundings, asked: boolean): boolean {
  if (asksForRules(around)) return true
  const { before, after, all } = around.signs
  if ((all & ASKS_WHETHER) !== 0 && ASKS_WHETHER_ZH.test(around.term)) return true
  if (asked) return false
  return (
    (around.han && ((before & HOW_ZH) !== 0 || (after & HOW_AFTER_ZH) !== 0) && asksHowInChinese(around)) ||
    (around.latin && (before & HOW_EN) !== 0 && asksHowInEnglish(around))
  )
}

const ASKS_WHETHER_ZH = /要不要|用不用|该不该/
const ASKS_WHETHER = gateOf(ASKS_WHETHER_ZH)

function asksForRules(around: Surroundings): boolean {
  const { han, latin } = around
  const { before, after, lead, rest } = around.signs
  return (
    (((after & RULES_AFTER) !== 0 || (latin && (before & RULES_BEFORE) !== 0)) &&
      (namesRules(around) || asksHowLong(around))) ||
    (han && ((rest & ASKS_TERMS) !== 0 || (lead & BEFORE_BUYING) !== 0) && asksForTerms(around)) ||
    (latin && ((rest & ASKS_TERMS_EN) !== 0 || (before & TERMS_EN) !== 0) && asksForTermsInEnglish(around))
  )
}

const RULES_ZH = /^(?:费用|金额|手续费)?的?(?:流程|步骤|政策|规则|条款|规定|条件|按钮|入口|功能)/
const WHICH_RULES_ZH = /^(?:的话)?,?(?:应该|要|该)?走?(?:什么|怎样的?|哪些?)(?:流程|手续|程序|步骤)/
const RULES_EN =
  /^ (?:polic(?:y|ies)|process|procedure|terms|rules?|button|option|page|window|deadline|column|report|field|tab|form|template|module|feature|data|api|workflow|settings)\b/
const RULES_FOR_EN =
  /\b(?:policy|policies|rules|procedure|terms|conditions|process) (?:on|for|about|regarding|of|to) (?:\w+ ){0,3}$/
const HOW_LONG_ZH = /^(?:的话)?(?:一般|通常|正常|大概)?(?:要|需要|得)?(?:几天|几个工作日|多久|多长时间)/
const HOW_LONG_EN = /\bhow (?:long|soon) (?:do|does|would) (?:an? )?$/
/** "退保证明", "解约日期": papers and days of it; not "解约日期已经过了". */
const PAPERS_ZH = /^(?:日期|证明|凭证)(?![^,。]{0,6}(?:过|还没|已经|都|呢))/
const RULES_AFTER_ZH = [PAPERS_ZH, RULES_ZH, WHICH_RULES_ZH]
/** Any of them: nearly always none. */
const ANY_RULES_ZH = anyOf(RULES_AFTER_ZH)
const RULES_AFTER = gateOf(...RULES_AFTER_ZH, RULES_EN, HOW_LONG_ZH)
const RULES_BEFORE = gateOf(RULES_FOR_EN, HOW_LONG_EN)

function namesRules({ before, after, latin, signs }: Surroundings): boolean {
  const isAfter = (signs.after & RULES_AFTER) !== 0
  if (isAfter && ANY_RULES_ZH.test(after)) {
    if (RULES_ZH.test(after) && !/(?:走|启动|进入|发起|开始)$/.test(before)) return true
    if (WHICH_RULES_ZH.test(after) || PAPERS_ZH.test(after)) return true
  }
  if (!latin) return false
  return (
    (isAfter && RULES_EN.test(after)) || ((signs.before & RULES_BEFORE) !== 0 && RULES_FOR_EN.test(before))
  )
}

const DEMANDS = /我要|给我|帮我|马上|立刻|必须|凭什么|为什么|怎么还|还没|不给/

/** A question, or what it would ask for. */
const ASKED_ZH = /[吗么]|\?/
const TO_COME_ZH =
  /^[^,。!?]{0,10}(?:(?:后|之后|了?要|会|需要|还能|有).{0,10}(?:吗|么$|嘛|谁)|有什么(?:区别|影响|后果)|是?什么意思|是?谁(?:承担|出)|在第几)/
const BEFORE_BUYING_ZH = /(?:买|下单|购买|办理|签约?|订|入住|报名)(?:之)?前[^。]*$/
const ASKS_TERMS = gateOf(ASKED_ZH, TO_COME_ZH)
const MUST_FIRST_ZH = /(?:要不要|用不用|需不需要|是否要?|需?要|得)(?:先|提前)$/
const BEFORE_BUYING = gateOf(BEFORE_BUYING_ZH, MUST_FIRST_ZH)

/** "支持中途取消吗", "可以随时取消吗", "会自动取消吗": what is asked begins before the term. */
const OFFERED_ZH = /(?:支持|接受|提供)[^,]{0,8}$/
const FREELY_ZH =
  /(?:可以|能|能够|能不能|可否|是否|会)(?:免费|随时|提前|中途|临时|单独|直接|无理由|全额)[^,]{0,4}$/
const BY_ITSELF_ZH = /会?(?:自动|被)$/
const MAY_ZH = gateOf(OFFERED_ZH, FREELY_ZH, BY_ITSELF_ZH)
const NOT_YET_ZH = /还没(?:买|下单|付|订|报名|办)|(?:打算|准备|想|考虑)(?:买|下单|订|报名|办)/

/** What ending it would cost or bring, asked beforehand: "取消预订要扣钱吗". */
function asksForTerms({ before, after, lead, rest, signs }: Surroundings): boolean {
  if (DEMANDS.test(before)) return false
  if (NOT_YET_ZH.test(lead + rest) && ASKED_ZH.test(rest)) return true
  const isMay = (signs.before & MAY_ZH) !== 0
  if (isMay && OFFERED_ZH.test(before) && ASKED_ZH.test(after)) return true
  const isBefore = (signs.lead & BEFORE_BUYING) !== 0
  if (isBefore && BEFORE_BUYING_ZH.test(lead)) return true
  if (isMay && FREELY_ZH.test(before) && ASKED_ZH.test(after)) return !/现在|今天|已经/.test(lead)
  if (isMay && BY_ITSELF_ZH.test(before) && /^[了掉]?[吗么]/.test(after)) return true
  if (isBefore && MUST_FIRST_ZH.test(before) && /[吗么?]|旧|原/.test(after)) return true
  return (signs.rest & ASKS_TERMS) !== 0 && TO_COME_ZH.test(after)
}

const FEES_EN = /^ (?:fee|fees|charge|charges|penalty|insurance|period|date|number|email)\b/
const DEADLINE_EN =
  /\b(?:deadline|last day|latest date|penalty|cost|fee|clause \d+) (?:to|for|of|if|on)\b[^.?!]{0,20}$/
const IN_TIME_EN =
  /^[^?]{0,40}\b(?:before|up to|within|until|any ?time|free of charge|for free|later|at any|after|once|when)\b[^?]*\?/
const THE_EN =
  /\b(?:could|can|would|do) (?:i|we|you) (?:get|have|give us|receive) (?:some|any|part of|a part of) (?:of )?(?:\w+ )?$|\b(?:is|are) the $|\bcome with (?:\w+ )?$/
const DOES_EN = /\bdoes (?:it|the \w+|my \w+|this)\b[^.?!]*$/
const MUST_EN = /\bdo (?:i|we) (?:have|need) to $/
const HANDLED_EN = /^s? (?:work|works|handled|processed|calculated|given)\b/
const MEAN_EN = /^[^.]{0,12} mean\b/
const TERMS_EN = gateOf(DEADLINE_EN, THE_EN, DOES_EN, MUST_EN)
const ASKS_TERMS_EN = gateOf(FEES_EN, IN_TIME_EN, HANDLED_EN, MEAN_EN)

/** "Is there a cancellation fee?", "can I cancel up to a week before?": what it would cost or bring. */
function asksForTermsInEnglish({ before, after, rest, signs }: Surroundings): boolean {
  const asksBehind = (signs.rest & ASKS_TERMS_EN) !== 0
  if (asksBehind && FEES_EN.test(after)) return /\b(?:is|are|what|what's|how|do|does)\b/.test(before)
  if ((signs.before & TERMS_EN) !== 0) {
    if (DEADLINE_EN.test(before) || THE_EN.test(before)) return true
    if (DOES_EN.test(before) && !/\bwhy does\b/.test(before)) return true
    if (MUST_EN.test(before) && !/\bwhy\b/.test(before)) return true
  }
  if (!asksBehind) return false
  if (
    /\b(?:can|could|may) (?:i|we|you|one|guests?|they) (?:still |also )?$/.test(before) &&
    IN_TIME_EN.test(rest)
  )
    return true
  if (/\bhow (?:do |does |the |are )?$/.test(before) && HANDLED_EN.test(after)) return true
  return /\bwhat (?:do|does) [^?]{0,40}$/.test(before) && MEAN_EN.test(after)
}

/** How long it takes in general; "how long until my refund" is about one that has been asked for. */
function asksHowLong({ before, after, signs }: Surroundings): boolean {
  if ((signs.after & RULES_AFTER) !== 0 && HOW_LONG_ZH.test(after)) {
    if (/^(?:的话)?(?:大概)?需要/.test(after) && !/还|到底|怎么|已经|都|才|究竟/.test(before + after))
      return true
    return /请问|想问|问一?下|咨询/.test(before) || /^(?:的话)?(?:一般|通常|正常)/.test(after)
  }
  return (signs.before & RULES_BEFORE) !== 0 && HOW_LONG_EN.test(before)
}

const ASKS_ZH = /(?:怎么|怎样|如何|咋|哪里|哪儿|在哪)(?<rest>.{0,10})$/
const ASKS_AFTER_ZH = /^.{0,8}?(?:怎么(?:操作|弄|办理|设置|申请|搞)|(?:步骤|流程|方法)(?:是|有))/
const HOW_ZH = gateOf(ASKS_ZH)
const HOW_AFTER_ZH = gateOf(ASKS_AFTER_ZH)
/** "怎么还不…", "怎么又…": a reproach, not a question. */
const REPROACH = /^(?:还|不|又|就|这么|那么|没|总|老|一直|突然|莫名|会|敢|好意思|可以让|能让|样才肯)/

function asksHowInChinese({ term, before, after }: Surroundings): boolean {
  const asked = ASKS_ZH.exec(before)
  const asksAfter = ASKS_AFTER_ZH.test(after)
  if (asked === null && !asksAfter) return false
  if (asked !== null && REPROACH.test(asked.groups?.['rest'] ?? '')) return false
  if (RELATION_ZH.test(before) || RELATION_ZH.test(term + after.slice(0, 12))) return false
  return !isBareInChinese(before, after)
}

const END_ZH = `(?:自动|连续|付费|你们|你家|我们?|你|的|这个|那个|个|掉|一下)*(?:订阅|会员|账号|账户|帐号|帐户|合同|合约|套餐|保单|服务|续费|续保|续约|扣费|包月|包年|年卡|月卡|vip)(?:资格|服务|业务|身份|卡|续费|扣费|合同)?`
const ASKING_ZH = `(?:怎么样?|怎样|如何|咋|在?哪[里儿]?)(?:才?能|可以|去|申请|办理|操作|自己|把| )*`
const BARE_ZH = `(?:[了掉的呢啊呀吗嘛吧 ]|一下|谢谢|多谢|麻烦)*(?:$|[,?!.~])`
const HOW_TO_ZH = new RegExp(`${ASKING_ZH}$`)
const OF_IT_ZH = new RegExp(`${END_ZH}(?:的话|要|该|应该|得|想|到底|请问|[, ])*${ASKING_ZH}$`)
const IT_ZH = new RegExp(`^${END_ZH}${BARE_ZH}`)
const IT_HOW_ZH = new RegExp(`^${END_ZH}(?:的话|要|该|应该|得|需要|是|[, ])*(?:怎么|如何|咋)`)
const NAMES_IT_ZH = new RegExp(`${END_ZH}$`)
const NOTHING_ZH = new RegExp(`^${BARE_ZH}`)

/**
 * "如何取消会员", "会员怎么取消啊", a bare "怎么取消?": how to end the relation itself, and nothing else. A rule that knows whole sentences
 * takes it for one of many questions about a device ("怎么取消闹钟"); in English it does not.
 */
export function asksHowToEnd({ term, before, after, lead, rest, around, han }: Surroundings): boolean {
  if (!han) return false
  const isAll = NOTHING_ZH.test(after)
  if (isAll && OF_IT_ZH.test(before)) return true
  if (!HOW_TO_ZH.test(before)) return IT_HOW_ZH.test(after)
  if (IT_ZH.test(after) || (isAll && NAMES_IT_ZH.test(term))) return true
  return isBareInChinese(lead, rest.replace(/[?!.~]+$/, '')) && around.length <= lead.length + rest.length + 1
}

/** "请问怎么取消?": no object at all, so the relation is meant. */
function isBareInChinese(before: string, after: string): boolean {
  const lead =
    /^(?:请问|你好|您好|我们?|想问|问一?下|请教|咨询|那|到底|要|想|一下|该|应该|怎么样?|怎样|如何|咋|才?能|可以|去|申请|办理|操作| )*$/
  return lead.test(before) && /^[了呢啊呀吗嘛吧一下 ]*$/.test(after)
}

const ASKS_EN =
  /\b(?:how (?:do|does|can|could|would|should|to|did)|where (?:do|can|could) (?:i|we|you|one)|way to|steps to|ways to|instructions (?:to|for|on))\b.{0,30}$/

const HOW_EN = gateOf(ASKS_EN)

function asksHowInEnglish({ before, after }: Surroundings): boolean {
  if (!ASKS_EN.test(before)) return false
  const object = after.slice(0, 40)
  return !RELATION_EN.test(object) && /[\p{L}\p{N}]/u.test(object)
}
