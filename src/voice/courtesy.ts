import type { Surroundings } from './surroundings.ts'

const POLITE =
  /谢谢|感谢|多谢|谢了|辛苦|好的|好滴|祝|麻烦|打扰|请问|您好|你好|拜拜|明天见|下次见|晚安|愉快|\b(?:thanks?|thank you|thx|cheers|take care|have a (?:nice|good|great)|hello|hi|regards|ok|okay|bye|see you)\b/
const BITTER =
  /垃圾|失望|受够|太差|很差|真差|骗|投诉|不会再|不会来|不来了|再也|以后不|退款|退钱|退订|取消|解约|别家|隔壁|换一?家|气死|恶心|烂|坑|后悔|\b(?:scam|worst|never again|terrible|awful|disappoint\w*|refund\w*|cancel\w*|garbage|done with|leaving|fed up|forever|for good)\b/

/**
 * True when the word is the polite end of a talk ("好的谢谢,再见"), not the end of the relation. A goodbye in a clause of
 * its own is one unless something bitter stands near it; "再见了, ..." and "跟你们说再见" are not.
 */
export function isPoliteClosing({ before, after, around, alone }: Surroundings): boolean {
  if (alone) return true
  if (BITTER.test(around)) return false
  const ownClause = /^[\p{P}\p{S}\s啦哦咯哈呀嗯那就先好的谢你您]*$/u.test(before)
  return POLITE.test(before) || (ownClause && !/^了/u.test(after))
}

const DONE =
  /上次|上回|之前|那次|去年|上个月|已经?收到|收到了|已到[账帐]|到[账帐]了|很快|挺快|真快|好快|及时|顺利|迅速|秒退|处理好了|解决了|已退|退回来了|\b(?:last time|previous|received|came through|arrived|quick(?:ly)?|fast|prompt(?:ly)?|smooth(?:ly)?|processed|resolved|sorted|went through)\b/
const GLAD =
  /谢谢|感谢|多谢|谢了|满意|点赞|好评|不错|很好|给力|放心|贴心|\b(?:thanks?|thank you|appreciated?|great|happy|satisfied|pleased|love|excellent|impressed)\b/
const NOT_DONE =
  /请|麻烦|帮我|我要|我想|但|不过|可是|仍|还没|尽快|马上给|立刻|必须|否则|不然|这次|又|再不|\b(?:please|i want|i'd like|i need|but|however|still|yet|asap|otherwise|again|this time|not)\b/

/** True when a matter of the past is praised: "上次退款很快,谢谢", "thanks for the quick refund". */
export function isResolved({ sentence }: Surroundings): boolean {
  return DONE.test(sentence) && GLAD.test(sentence) && !NOT_DONE.test(sentence)
}
