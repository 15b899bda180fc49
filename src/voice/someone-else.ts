import type { Surroundings } from './surroundings.ts'

const OTHERS_ZH =
  '同事|朋友|邻居|同学|闺蜜|客户|顾客|客人|住客|房客|用户|学员|家长|租客|房东|亲戚|舍友|室友|弟弟|哥哥|姐姐|妹妹|[表堂][哥弟姐妹]|叔叔|阿姨|老[王李张刘陈赵]|小[王李张刘陈赵]|买家|别人|他们?|她们?'
/** "老客户", "作为客户", "把客户当…": the customer speaks of themselves or of us. */
const THEIRS_ZH = new RegExp(
  `(?<![老新把对给跟当为伤和像是])(?<!作为|身为|忠实|多年的?|你们(?:的)?|其)(?:${OTHERS_ZH})(?:家|们)?(?<between>(?:[^我咱你您,、]|[找跟问向]我){0,9})$`,
)
const THEIRS_EN =
  /\b(?:my|a|an|our|one of (?:my|our|the)|the|some|another|his|her|most|your)(?<!\bas an?) (?:\w+ )?(?:brother|sister|friend|cousin|colleague|co-?worker|neighbou?r|roommate|flatmate|uncle|aunt|customer|client|guest|tenant|user|student|patient|buyer|boss's|ceo|landlord|visitor|passenger|member|shopper)s?(?!')\b(?<between>[^,.;!?]{0,40})$|^ ?(?:and |so |then )?(?:he|she|someone|somebody|people|guests?|customers?|clients?|users?)\b(?<alone>[^,.;!?]{0,30})$/
const FOR_THEM_EN =
  /^[^.?!,]{0,12}\b(?:to|for|from) (?:one of |all )?(?:my|our|a|the|their) (?:\w+ )?(?:customers?|clients?|guests?|buyers?|users?|students?|patients?|tenants?)\b/
const FOR_THEM_ZH = /(?:帮|替|代)(?:我的?)?(?:同事|朋友|邻居|同学|亲戚)(?:们)?(?:问|咨询|打听)/

/** True when the one who leaves, moves or asks is not the customer who writes. */
export function isSomeoneElse({ before, after, lead, rest }: Surroundings): boolean {
  const zh = THEIRS_ZH.exec(before)
  if (zh !== null && !/(?:推荐|介绍|劝|一起|来的)/.test(zh.groups?.['between'] ?? '')) return true
  if (FOR_THEM_ZH.test(lead) || FOR_THEM_ZH.test(rest)) return true
  const en = THEIRS_EN.exec(before)
  const between = en?.groups?.['between'] ?? en?.groups?.['alone']
  if (between !== undefined && !/\b(?:i|we|me|us|i'm|we're|i'll|we'll|you|your)\b/.test(between)) return true
  return FOR_THEM_EN.test(after)
}
