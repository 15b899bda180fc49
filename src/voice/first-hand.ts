/** How a colleague begins who passes on what a customer said: "她说", "客户在电话里跟我抱怨说", "the guest told me that". */
const TELLS_ZH =
  /^[\s"“「]*(?:(?:这位|那位|有位|一位|刚才|刚刚)?(?:客户|顾客|车主|客人|会员|用户|对方|他本人|她本人|本人|[\p{Script=Han}]{1,3}(?:先生|女士|小姐|总|太太))|他|她|您|TA)(?:刚才|刚刚|今天|昨天|早上|下午|又|还|也|就|一直|直接|当面|亲口|明确|在?(?:电话|微信|店|前台|现场|群)里?|跟我们?|对我们?|和我们?|向我们?|给我们?|来电|打电话(?:来|过来)?){0,4}(?:说过?|讲|表示|告诉我们?|抱怨说?|嚷着|扬言|威胁说?|提到|反馈说?|反映说?)(?:了|是|，|,|：|:|"|“|「|\s){0,3}/u
const TELLS_EN =
  /^[\s"“]*(?:(?:the |this |our )?(?:customer|client|guest|member|owner|driver|user|caller)|he|she|they|(?:mr|mrs|ms|dr)\.? [\p{L}'-]{1,30})(?: (?:just|also|today|again|now|even|really|clearly))?(?: (?:was|is|were|are|has|had|have|keeps?))?(?: (?:just|also|now|even))? (?:said|says|saying|tells?|told(?! by\b)|telling|mention(?:ed|s)|complain(?:ed|s|ing)|threaten(?:ed|s|ing)|announced|insists?|insisted|wrote|warned)(?: (?:to )?(?:me|us|our [\p{L}]+|the [\p{L}]+|on the phone|in the store|at the desk|by phone|today|yesterday)){0,2}(?: that)?[\s,:"“]{1,3}/iu
/** And who is meant, where nobody is said to have spoken: "他不想续了". */
const SUBJECT_ZH =
  /(?:客户|顾客|他|她)(?=(?:想|要|不|再|也不|真的|已经|已|会|打算|准备|决定|觉得|受够|就|说什么都))/gu
const SUBJECT_EN = /\b(he|she|they)(?:('s|'re| is| are| was| were)|('ll|'d|'ve))?(?![\p{L}'])/giu
/** Someone else's: the customer's friend is not the customer. */
const OTHERS =
  /朋友|同事|邻居|亲戚|老公|老婆|儿子|女儿|\b(?:friend|colleague|neighbou?r|brother|sister|wife|husband)s?\b/iu

/**
 * What was overheard, as the customer would have said it: "她说下次换一家" speaks of leaving as much as "下次换一家". Without this
 * every report would be taken for a quotation of somebody else. As long as the words themselves, so that places stay
 * where they are; words of a friend stay a friend's.
 */
export function firstHand(said: string): string {
  const told = TELLS_ZH.exec(said) ?? TELLS_EN.exec(said)
  const start = told?.[0].length ?? 0
  const rest = said.slice(start)
  if (OTHERS.test(rest)) return said.slice(0, start).replace(/[^\n]/g, ' ') + rest
  return ' '.repeat(start) + rest.replace(SUBJECT_ZH, chinese).replace(SUBJECT_EN, english)
}

function chinese(subject: string): string {
  return '我'.padEnd(subject.length)
}

function english(subject: string, _who: string, is?: string, more?: string): string {
  const first = is === undefined ? `I${more ?? ''}` : /was|were/i.test(is) ? 'I was' : "I'm"
  return first.length <= subject.length ? first.padEnd(subject.length) : subject
}

/** What a voice says of the customer, whoever wrote it down. */
export function ownWords(text: string, channel: string): string {
  return channel === 'heard' ? firstHand(text) : text
}
