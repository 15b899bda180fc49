import type { WordClass } from './entry.ts'
import { gateOf } from './gate.ts'
import type { Surroundings } from './surroundings.ts'

const POLITE =
  /谢谢|感谢|多谢|谢了|辛苦|好的|好嘞|好滴|祝|麻烦|打扰|请问|您好|你好|拜拜|明天见|下次见|晚安|愉快|收到|\b(?:thanks?|thank you|thx|cheers|take care|have a (?:nice|good|great)|hello|hi|regards|best wishes|ok|okay|bye|see you|talk soon)\b/
const BITTER =
  /垃圾|失望|受够|太差|很差|真差|骗|投诉|不会再|不会来|不来了|再也|以后不|退款|退钱|退订|取消|解约|别家|隔壁|换一?家|气死|恶心|烂|坑|后悔|卸载|么多年|这些年|\b(?:scam|worst|never again|terrible|awful|disappoint\w*|refund\w*|cancel\w*|garbage|done with|leaving|fed up|forever|for good|closed?|uninstall\w*|years)\b/

/**
 * True when the word is the polite end of a talk ("好的谢谢,再见"), not the end of the relation. A goodbye in a clause of
 * its own is one unless something bitter stands near it; "再见了, ..." and "跟你们说再见" are not.
 */
export function isPoliteClosing({ before, after, around, alone }: Surroundings): boolean {
  if (alone) return true
  if (BITTER.test(around)) return false
  const ownClause = /^[\p{P}\p{S}\s啦哦咯哈呀嗯那就先好的谢你您]*$/u.test(before)
  if (/^ and best\b/.test(after)) return true
  return POLITE.test(before) || (ownClause && !/^了/u.test(after))
}

const DONE =
  /上次|上回|之前|那次|去年|上个月|已经?收到|收到了|已到[账帐]|到[账帐]了|秒到|很快|挺快|真快|好快|及时|顺利|迅速|秒退|处理好了|解决了|已退|退回来了|\b(?:last time|previous|received|came through|came back|arrived|got my|quick(?:ly)?|fast|prompt(?:ly)?|smooth(?:ly)?|easy|within an? \w+|processed|resolved|sorted|went through|landed|cleared|turned up|brilliant)\b/
const GLAD =
  /谢谢|感谢|多谢|谢了|满意|点赞|赞|好评|不错|很好|给力|放心|贴心|五星|表扬|夸|真棒|效率高|\b(?:thanks?|thank you|appreciated?|great|happy|satisfied|pleased|love|excellent|impressed|brilliant|perfect|fantastic|cheers|lovely|helpful|kind|wonderful|amazing|awesome|nice)\b/
const NOT_DONE =
  /请|麻烦|帮我|我要|我想|但|不过|可是|仍|还没|尽快|马上给|立刻|必须|否则|不然|这次|又|再不|\b(?:please|i want|i'd like|i need|but|however|still|yet|asap|otherwise|again|this time|not)\b/

/** "本来想退保, 解释后放心了": it was meant once and is no more. */
const ONCE_ZH =
  /(?:上次|上回|前阵子|本来|原本|差点儿?|差一点|一度|曾经?|之前|以前|当初|当时|那会儿|去年|上个月|起初|开始|闹着要?)[^,。!?]{0,10}$/
const TURNED_ZH =
  /后来|现在[^。]{0,8}(?:不|好|满意|改|收回|还是|觉得|放心|离不开)|幸好|幸亏|还好|好在|解释|改进|改善|改观|放心了?|打消|满意|没(?:退|取消|走|换)|收回|误会|真香|不想了|回来|没想到[^。]{0,10}(?:好|方便|不错|快|香)|感动|留下|坚持|继续/
/** Where the customer came from: "从别家换过来的", "switched from another bank to yours". */
const FROM_ZH = /^[^,。!?]{0,6}(?:换|转|跳|搬|迁)?(?:过来|到你|来你|到这|到贵|来的)/
const WAS_ZH = /(?:原来|以前|之前|曾经?|过去|从前|早先|先前|原先)[^,。!?]{0,10}$/
const NOW_YOU_ZH =
  /(?:转到|换到|来到|换成|选了|用)(?:了)?(?:你|这|贵|咱)|现在[^。]{0,10}(?:你们|这里|这边|贵)|还是[^。]{0,4}(?:你|这)/

const ONCE_EN =
  /\b(?:(?:was|were) (?:\w+ )?(?:about|going|ready|planning|thinking|close|considering|tempted|set|prepared)|almost|nearly|wanted|had (?:planned|intended|considered|cancel|switched|left)|considered|used to|once|originally|at first|initially|last year|a year ago|had)\b[^.!?;]{0,30}$/
const TURNED_EN =
  /\b(?:but|until|then|glad|and)\b.{0,60}\b(?:turned|changed my mind|glad|stayed?|staying|happy|convinced|fixed|helped?|resolved|sorted|great|thanks|wrong|won me|came back|kept|saved|improved|impressed|better now|love)\b|\bglad (?:i|we)\b|\b(?:i|we) (?:was|were) wrong\b|\bcame back\b/
const FROM_EN =
  /\b(?:c[ao]me|came over|switch(?:ed|ing)?|mov(?:ed|ing)|migrated|transferred|converted|chang(?:ed|ing)|left|leaving|used to (?:be|use|bank|work)|was|were|years with|after|previously|formerly)\b[^.!?;]{0,24}\b(?:from|with|at|use|used|leaving|left|using)\b[^.!?;]{0,14}$|\bleft (?:(?:an?|my|our) )?$/
const NOW_YOU_EN =
  /\b(?:to you(?:rs)?|joined you|you (?:are|were)|you're|(?:much|so|far|way) better|never looked back|glad|happy|love|best decision|no regrets|join(?:ed)? yours?|miles ahead|loving it|and (?:never|haven't) )\b/

const TAKEN_BACK =
  /收回|误会|take (?:it|that) back|i was wrong|apologi[sz]e for|sorry i (?:said|called)|错怪|冤枉(?!钱)|改观|(?:骂|说)[^。]{0,10}(?:抱歉|对不起|道歉|不好意思)|(?:骂|说)[^。]{0,14}(?:现在|今年|如今|后来)[^。]{0,10}(?:好了|好多|上来了|变了|改了|不一样|进步|提高|服气)/

const IS_UNSAID = gateOf(TAKEN_BACK)
const IS_DONE = gateOf(DONE)
const IS_GLAD = gateOf(GLAD)
const BEFORE_ZH = gateOf(ONCE_ZH, /从[^,。!?]{0,4}$/, WAS_ZH)
const ONCE = gateOf(ONCE_EN)
const TURNED = gateOf(TURNED_EN)
const FROM = gateOf(FROM_EN)
const NOW_YOU = gateOf(NOW_YOU_EN)

/** True when a matter is over and settled well: praised ("上次退款很快,谢谢"), taken back, or where the customer came from. */
export function isResolved(around: Surroundings, wordClass: WordClass = 'strong-churn'): boolean {
  const { before, lead, all } = around.signs
  if (wordClass === 'strong-churn' || wordClass === 'life-change') {
    if ((all & IS_DONE) !== 0 && (all & IS_GLAD) !== 0 && isPraised(around)) return true
  }
  if (wordClass === 'life-change') return false
  const unsaid = wordClass === 'strong-negative' && (all & IS_UNSAID) !== 0
  if (unsaid && TAKEN_BACK.test(around.sentence)) return true
  if (around.han && (before & BEFORE_ZH) !== 0 && isResolvedInChinese(around)) return true
  const turned = (all & ONCE) !== 0 && (all & TURNED) !== 0
  const came = (lead & FROM) !== 0 && (all & NOW_YOU) !== 0
  return around.latin && ((turned && hasTurnedInEnglish(around)) || (came && cameInEnglish(around)))
}

function isPraised({ sentence }: Surroundings): boolean {
  return DONE.test(sentence) && GLAD.test(sentence) && !NOT_DONE.test(sentence)
}

function isResolvedInChinese({ before, after, rest }: Surroundings): boolean {
  if (ONCE_ZH.test(before) && TURNED_ZH.test(rest)) return true
  if (/从[^,。!?]{0,4}$/.test(before) && FROM_ZH.test(after)) return true
  return WAS_ZH.test(before) && NOW_YOU_ZH.test(rest)
}

function hasTurnedInEnglish({ lead, term, rest, sentence }: Surroundings): boolean {
  return (
    ONCE_EN.test(`${lead}${term}`) &&
    TURNED_EN.test(sentence) &&
    !/\bnobody|no one|n't (?:help|answer|work)\b/.test(rest)
  )
}

function cameInEnglish({ lead, sentence }: Surroundings): boolean {
  return FROM_EN.test(lead) && NOW_YOU_EN.test(sentence)
}
