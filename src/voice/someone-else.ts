import { gateOf } from './gate.ts'
import type { Surroundings } from './surroundings.ts'

const OTHERS_ZH =
  '同事|朋友|哥们儿?|兄弟|姐们儿?|死党|邻居|同学|闺蜜|客户|顾客|客人|住客|房客|用户|学员|家长|租客|房东|亲戚|舍友|室友|弟弟|哥哥|姐姐|妹妹|供应商|合作方|合伙人|对方|[表堂][哥弟姐妹]|叔叔|阿姨|老[王李张刘陈赵]|小[王李张刘陈赵]|买家|别人|他们?|她们?'
/** "老客户", "作为客户", "把客户当…": the customer speaks of themselves or of us. */
const THEIRS_ZH = new RegExp(
  `(?<![老新把对给跟当为伤和像是])(?<!作为|身为|忠实|多年的?|你们(?:的)?|其)(?:${OTHERS_ZH})(?:家|们)?(?<between>(?:[^我咱你您,、]|[找跟问向]我){0,9})$`,
)
const THEIRS_EN =
  /\b(?:my|a|an|our|one of (?:my|our|the)|the|some|another|his|her|most|your)(?<!\bas an?) (?:[\w'-]+ ){0,2}?(?:brother|sister|friend|cousin|colleague|co-?worker|neighbou?r|roommate|flatmate|uncle|aunt|customer|client|guest|tenant|user|student|patient|buyer|boss's|ceo|landlord|visitor|passenger|member|shopper|supplier|parent|pupil|attendee|subcontractor)s?(?!')\b(?<between>[^,.;!?]{0,40})$|^ ?(?:and |so |then )?(?:he|she|someone|somebody|people|guests?|customers?|clients?|users?)\b(?<alone>[^,.;!?]{0,30})$/
const FOR_THEM_EN =
  /^(?:[^.?!,]{0,12}\b(?:to|for|from) (?:one of |all )?| )(?:my|our|an?|the|their) (?:\w+ )?(?:customers?|clients?|guests?|buyers?|users?|students?|patients?|tenants?)\b/
const FOR_THEM_ZH = /(?:帮|替|代)(?:我的?)?(?:同事|朋友|邻居|同学|亲戚)(?:们)?(?:问|咨询|打听)/

/** "我先生想注销他的副卡": theirs alone. */
const THEIR_OWN_ZH = /(?:先生|太太|老公|老婆|爱人|儿子|女儿|孩子|爸爸?|妈妈?|父亲|母亲)[^,。!?]{0,6}$/

const BEFORE = gateOf(THEIRS_ZH, THEIRS_EN, THEIR_OWN_ZH)
const BEHIND = gateOf(FOR_THEM_EN)
const FOR_THEM = gateOf(FOR_THEM_ZH)

/** A term that names the speaker ("I'm done"), or ends where only they can follow ("my last month as"). */
const OF_MYSELF = /^(?:i|we|i'm|we're)\b|\bas$/

/** True when the one who leaves, moves or asks is not the customer who writes. */
export function isSomeoneElse(around: Surroundings): boolean {
  const { before, after, lead, rest } = around.signs
  if ((before & BEFORE) === 0 && (after & BEHIND) === 0 && ((lead | rest) & FOR_THEM) === 0) return false
  return !OF_MYSELF.test(around.term) && areTheirs(around)
}

function areTheirs({ before, after, lead, rest, han, latin, signs }: Surroundings): boolean {
  const zh = han ? THEIRS_ZH.exec(before) : null
  if (zh !== null && !/(?:推荐|介绍|劝|一起|来的)/.test(zh.groups?.['between'] ?? '')) return true
  if (han && THEIR_OWN_ZH.test(before) && /^[掉了]?[他她](?:们)?(?:的|自己)/.test(after)) return true
  const isFor = han && ((signs.lead | signs.rest) & FOR_THEM) !== 0
  if (isFor && (FOR_THEM_ZH.test(lead) || FOR_THEM_ZH.test(rest))) return true
  if (!latin) return false
  const en = THEIRS_EN.exec(before)
  const between = en?.groups?.['between'] ?? en?.groups?.['alone']
  if (between !== undefined && !/\b(?:i|we|me|us|i'm|we're|i'll|we'll|you|your)\b/.test(between)) return true
  return FOR_THEM_EN.test(after)
}

/** Whom the customer left for us, or what made room for ours: "terminated the old vendor", "停用旧系统". */
const OLD_OBJECT =
  /^s? (?:(?:the|my|our|an?) )?(?:\w+ (?:on|with|of|for|at) )?(?:(?:the|my|our|an?) )?(?:old|previous|former) (?:vendor|supplier|provider|bank|gym|carrier|insurer|garage|agency|company|car|tool|system|platform|software|phone|one)\b|^了?(?:旧|老|原来的?|之前的?|上一?家的?|原先的?)(?:那个|的|那家)?(?:供应商|平台|系统|银行|车|软件|健身房|公司|运营商|保险)/

const OLD_SUBJECT = /(?:把|将)(?:旧|老|原来的?|之前的?|上一?家的?)[^,。!?你]{1,8}$/
const OLD_BEHIND = gateOf(OLD_OBJECT)
const OLD_BEFORE = gateOf(OLD_SUBJECT)

/** True when what is ended is the one before us. */
export function isOldOne(around: Surroundings): boolean {
  const { before, after } = around.signs
  return (
    ((after & OLD_BEHIND) !== 0 && OLD_OBJECT.test(around.after)) ||
    (around.han && (before & OLD_BEFORE) !== 0 && OLD_SUBJECT.test(around.before))
  )
}

const OLD_ONE_EN =
  /\b(?:my|our|the) (?:old|previous|last|former|ex)[- ][\w ]{1,24} (?:is|was|were|are|had) (?:\w+ ){0,2}$/
const OLD_ONE_ZH = /(?:以前|之前|原来|上一?家|前一家|旧|老)的?(?:那)?[^,。!?我你]{0,8}(?:是|都是|太|真|很)?$/
/** Crooks who write to the customer, not we. */
const CROOKS =
  /短信|来电|邮件|链接|冒充|验证码|反诈|陌生|phishing|\be-?mails?\b|\btext messages?\b|\bcallers?\b|\bpretending\b|\blinks?\b/

const LONG_AGO_ZH = /^(?:.*(?:以前|上一?家|之前那))/
const OF_CROOKS = gateOf(CROOKS)
const OF_OLD_ONE = gateOf(OLD_ONE_EN, LONG_AGO_ZH)

/** True when a strong word is about something else than us: a phishing mail, the old phone. */
export function isNotOurs({ term, before, sentence, signs }: Surroundings): boolean {
  if (
    (signs.all & OF_CROOKS) !== 0 &&
    /骗|scam|fraud|crook|thie/.test(term) &&
    CROOKS.test(sentence) &&
    !/你们(?:就|都|才|是|公司|平台)/.test(sentence)
  )
    return true
  if ((signs.before & OF_OLD_ONE) === 0) return false
  return OLD_ONE_EN.test(before) || (LONG_AGO_ZH.test(before) && OLD_ONE_ZH.test(before))
}
