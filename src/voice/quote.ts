import { gateOf } from './gate.ts'
import { NEAR, type Surroundings } from './surroundings.ts'

const SPEAKER_ZH =
  '客服|店员|销售|业务员?|店长|店家|经理|顾问|前台|师傅|老师|教练|工作人员|服务员|你们(?:的人|那边|同事|公司|上次|当时|之前)?|' +
  '他们?|她们?|别人|有人|大家|网友|网上|评论区?|差评|朋友|同事|邻居|短信|邮件|页面|系统|通知|广告|海报|合同|条款|标题|说明书?|公告|官网|书名|歌名|新闻里?|报道|电视里?|视频里?|群里|帖子|文章|书上|传闻|我妈|我爸|老公|老婆|家人|家里人|亲戚|导购|快递员|博主'
const SAYS_ZH =
  '说过?|讲过?|喊着?|嚷着?|扬言|告诉|表示|写(?:着|的是|了)?|提示|显示|弹出|声称|承诺|保证|回复|答复|提到|骂|叫|建议|宣传|评价|吐槽'
/** Whom the customer speaks to is not who speaks: "我跟客服说要退款". */
const REPORTED_ZH = new RegExp(
  `(?<![跟和给向对让找问打与叫])(?<!联系|要求|告诉|通知|请)(?:${SPEAKER_ZH}).{0,8}?(?:${SAYS_ZH})(?<between>[^,，。!?;]{0,18})$`,
)
const REPORTED_EN =
  /(?<!\b(?:i|we|i've|i'd|we've|i'm|not|never|have|already|just|as|be|been) )(?<!^ ?)\b(?:said|says|told|tells|claims|claimed|mentioned|promised|wrote|reads|states)\b(?<what>[^.!?;]{0,50})$|\b(?:(?:your|the|an?|this|some|one|my) (?:\w+ ){0,2}?(?:agents?|reps?|representatives?|salesm[ae]n|managers?|receptionists?|staff|support|guy|lady|emails?|banner|message|website|site|page|article|ads?|sign|terms|polic(?:y|ies)|reviews?|reviewers|letter|notice|text|pop-?up|app|contract|clerk|employees?|colleague|friend|brochure|invoice|book|movie)|support|customer service|he|she|they|some(?:one|body)|people|reviews?|reviewers|you)(?: (?:on|in|at) (?:\w+ )?\w+)?(?: (?:just|also|once|had|has|have|even|clearly|still|will))* (?:said|says?|told|tells?|reads?|mention(?:ed|s)?|claim(?:ed|s)?|promised|wrote|call(?:ed|s)?|is called|is titled|titled|states?|suggested|suggests|advised|ask(?:ed|s|ing)|shows?)\b(?<between>[^.!?;]{0,50})$|\b(?:i (?:\w+ )?(?:read|heard)|according to|rumou?r has it|the (?:song|movie|book|film|article|game) (?:is )?(?:called|titled)?)\b(?<heard>[^.!?;]{0,50})$/
const REPORTED = gateOf(REPORTED_ZH, REPORTED_EN)
/** Here the customer takes the word back from whoever was quoted. */
const OWN_AGAIN_ZH = /我(?:要|想|会|就|们要|们想|们会|决定|只好|只能)|所以|结果/
const OWN_AGAIN_EN =
  /\b(?:so|but|and|now|then) (?:now )?(?:i|we|i'm|we're|i'll|we'll|i've|we've)\b|, (?:i|we|i'm|we're|i'll)\b/

/** "说可以退款，结果一直不退": what was promised was not kept, so the words are a demand. */
const BROKEN_ZH =
  /(?:结果|却|可是|但是?|现在|到现在|至今|一直|然后|又).{0,14}(?:没[^问关事]|不给|不退|不认|反悔|拖|推|变卦|不理|不管|不让|不了|未)|说话不算|出尔反尔/
const BROKEN_EN =
  /\b(?:but|yet|still|however|and|now)\b.{0,40}\b(?:nothing|never|not|no one|nobody|refus\w*|ignor\w*|waiting|weeks|months|\w+n't|no)\b/
const AGREES =
  /果然|确实|没错|说得对|一点没说错|说的没错|真没说错|现在我?信了|我信了|是真的(?![吗么嘛])|深有体会|\b(?:and (?:they are|they're|it is|it's) (?:right|true)|they were right|i agree|now i (?:see|know) why|couldn't agree more|it's true)\b/

/** True when the customer passes on what someone else, a page or a sign says. */
export function isQuoted(around: Surroundings): boolean {
  const { lead } = around.signs
  if ((lead & MARKED) !== 0 && isInMarks(around)) return true
  if ((lead & REPORTED) === 0) return false
  const between = reportedIn(around)
  if (between === null) return false
  if (OWN_AGAIN_ZH.test(between) || OWN_AGAIN_EN.test(between)) return false
  return !AGREES.test(around.sentence)
}

/** True when the promise that is quoted was broken. */
export function isBrokenPromise({ rest, sentence }: Surroundings): boolean {
  return (
    BROKEN_ZH.test(rest) ||
    BROKEN_EN.test(rest) ||
    /到现在|至今|迟迟|still (?:waiting|nothing)|\b(?:days|weeks|months) ago\b/.test(sentence)
  )
}

function reportedIn({ lead, han, latin }: Surroundings): string | null {
  const near = lead.slice(-NEAR)
  const found = (han ? REPORTED_ZH.exec(near) : null) ?? (latin ? REPORTED_EN.exec(near) : null)
  if (found === null) return null
  return found.groups?.['between'] ?? found.groups?.['heard'] ?? found.groups?.['what'] ?? ''
}

const CUE_BEFORE =
  /(?:写着?|显示|提示|说|叫做?|名叫|标题[是叫]?|通知|广告|短信|字样|所谓的?|的|把|弹出|回复|titled|called|reads?|says|said|say|ask(?:s|ed|ing)|message|email|banner|sign|song|book|movie|show|tv)[^“"「『《]{0,8}$/
const NAMES_AFTER = /^[^"]{0,20}" (?:was|is) (?:the|a|an) (?:name|title|song|book|show|movie)\b/
const OPENS = '“「『《【'
const MARKS = /[“「『《【"]/
const MARKED = gateOf(MARKS)
const CLOSES = '”」』》】'

/** In quotation marks after what shows or names something: “您的会员将被注销”, "your subscription was cancelled". */
function isInMarks({ lead, term, sentence }: Surroundings): boolean {
  if (!MARKS.test(lead)) return false
  // The closing mark may follow the sentence's own end: "Do you want to cancel?"
  const rest = sentence.slice(lead.length + term.length)
  for (let index = 0; index < OPENS.length; index += 1) {
    const open = lead.lastIndexOf(OPENS[index]!)
    if (open <= lead.lastIndexOf(CLOSES[index]!)) continue
    if (rest.includes(CLOSES[index]!) && (OPENS[index] === '《' || CUE_BEFORE.test(lead.slice(0, open))))
      return true
  }
  if (lead.includes('"') && NAMES_AFTER.test(rest)) return true
  const marks = lead.split('"').length - 1
  if (marks % 2 === 0 || !rest.includes('"')) return false
  return CUE_BEFORE.test(lead.slice(0, lead.lastIndexOf('"')))
}
