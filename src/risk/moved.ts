import { beginsWithPlace } from './place-names.ts'

/** Who moves, not what is moved: "我们搬家了", but not "把数据搬到新系统", "你们店搬走了". */
const MOVES_ZH =
  /(?<!(?:[把将](?!家|公司|总部|办公室)|数据|系统|资料|业务|网站|店铺|服务器|账号|[你您]们)[^，。！？；,.!?;\n]{0,8})(?:搬家(?!公司|师傅|费|机|服务|软件|工具)|搬(?:走|离|出去)|搬(?:到|去|来|往|回)(?!线上|网上|云|平台|系统|别家|[a-z])|搬迁|乔迁|迁(?:到|往|居))|(?:换|换了|换到|去了?)(?:一?[个座]|别的|其他|另一?个)?城市(?:工作|生活|发展|定居)|移民|(?:离开|不在)(?:这座|这个|本)(?:城市|市)|定居(?:了|在|到|国外)|(?:回|在|去|到)[\p{Script=Han}]{1,4}定居|回老家(?:发展|工作|生活|了|住)/iu
/** Sent elsewhere by an employer: a thermostat and a call are "调到", "转到" too. */
const SENT_ZH =
  /(?:我|老公|老婆|先生|太太|爱人|对象|家人)们?(?:也|又|都|已经|马上|就|要|会|刚|快|下个?月|下周|年底|被|工作|公司|单位){0,4}(?:调|派)动?(?:去|到|往|回)|(?:调|派)我们?(?:去|到|往|回)|被(?:公司|单位|总部|领导)?(?:调|派)(?:去|到|往|回)|工作(?:调动|调(?:去|到|往|回))|(?:调|派|搬)(?:去|到)外地|去外地(?:工作|上班|发展|定居|生活|读书|上学|长住|常驻|了)|(?:长期|以后|常年|长年)(?:人)?都?在外地/
const VERY_FAR =
  '(?:实在|真的|也|都|现在|确实|就是|又)*(?:太|好|很|挺|特别|非常|比较|更|那么|这么|有点|有些)远'
const THEIRS = '我们?家?|家里?|新家|我?们?公司|单位|住处|我?们?住的地方|我这[边里儿]?|这[边里儿]?'
const OURS = '店|网点|中心|服务站|维修站|校区|场馆|馆|[你您]们(?:那[边里儿]?)?|那[边里儿]'
const WAY = '过去|过来|跑过去|开过去|来回|去你们[店那][里边儿]?|到店|来一趟|去一趟|跑一趟'
/** Far from where they live; a service that fell behind is "差太远了" too. */
const FAR_ZH = new RegExp(
  `离(?:${THEIRS})${VERY_FAR}|(?:${OURS})(?:离[^，。！？；,.!?;\n差期预标目承]{0,6})?${VERY_FAR}|(?:${WAY})${VERY_FAR}` +
    '|路[程途]?(?:实在|真的|也|都)*(?:太|好|很|挺|有点)?(?:遥远|远了)|住[得的](?:太|很|比较|有点|挺)?远',
)

const MOVES_EN =
  /(?:\b(?:i|we|my (?:family|wife|husband|partner)|our (?:family|office|company))(?:['’](?:ve|m|re|ll|d)| have| has| had| am| are| is| was| were| will| be| been| being| had to| need to| have to| going to| about to| just| recently| now| already| since| soon| finally| also| all)* |\b(?:since|after|before|due to|because of) (?:my |our |a |the )?|(?:^|[.!?;,\n]) ?(?:just |recently )?)(?:move[ds]?|moving|relocat(?:e|ed|ing|ion))\b(?<rest>[^.!?;\n]{0,80})/gi
/** What follows a move of people. */
const HOME_EN =
  /^ ?(?:back |just )?(?:to |into |in to |out of )?(?:(?:a|an|the|my|our|another|new|different|bigger|smaller|first|own|other|side|of) )*(?:house|home(?! ?(?:page|screen))|apartment|flat|place|city|town|state|country|countryside|suburbs?|village|neighbou?rhood|area|address|abroad|overseas|interstate|upstate|cross-country)\b|^ in with\b|^ across (?:the )?(?:country|town|state|city)\b|^ (?:far )?away(?! from (?:you|your|the (?!area|city|town|region)|this|that|it)\b)|^ (?:closer|nearer|further|farther)\b|\b(?:hours?|miles?|km|kilomet(?:er|re)s?)(?: drive)? (?:away|from|north|south|east|west)\b|\b(?:street|avenue|county)\b/i
const TO_EN =
  /^(?: back| over| out| down| up)?(?: from [\p{L}' ]{2,30}?)? (?:to|into|in) (?:the )?(?<where>.+)/iu
const SENT_EN =
  /\b(?:i|we|my (?:wife|husband|partner))(?:['’](?:ve|m|re)| have| has| am| are| is| was| were)?(?: been| being| getting| just)* (?:transferred|posted|relocated|reassigned) to (?<where>[^.!?;\n]{2,60})/gi
const OFFICE_EN =
  /^(?:a|an|another|the|our) (?:new |different |other )?(?:city|state|country|office|branch in|plant)\b/i
const FAR_EN =
  /\btoo far (?:away )?(?:from (?:me|us|home|work|here|my|our|where (?:i|we))\b|to (?:drive|travel|come|go|get to)\b|for (?:me|us) to\b|away\b)|\b(?:store|shop|branch|location|garage|workshop|dealer(?:ship)?|gym|office|cent(?:er|re)|place|site|you)s?(?:['’]re| is| are| was| were| has become)(?: \w+){0,2} (?:too|so|very|really) far\b(?! (?:behind|from (?:perfect|good|what|being|the)))/i

/** True when a text says that the customer lives or works somewhere else now, or too far away. */
export function saysMoved(text: string): boolean {
  if (MOVES_ZH.test(text) || SENT_ZH.test(text) || FAR_ZH.test(text) || FAR_EN.test(text)) return true
  for (const { groups } of text.matchAll(MOVES_EN)) {
    const rest = groups!.rest!
    if (HOME_EN.test(rest)) return true
    const to = TO_EN.exec(rest)
    if (to !== null && beginsWithPlace(to.groups!.where!)) return true
  }
  for (const { groups } of text.matchAll(SENT_EN)) {
    const where = groups!.where!
    if (OFFICE_EN.test(where) || beginsWithPlace(where)) return true
  }
  return false
}

const GOES_EN =
  /\b(?:[Ii]|[Ww]e|[Oo]ur (?:company|team))(?:['’](?:ve|m|re|ll)| have| has| are| am| is| will| be| been| going to| about to| just| now| already| decided to)* (?:mov(?:e|ed|ing)|switch(?:ed|ing)?|migrat(?:e|ed|ing)|go|going|chang(?:e|ed|ing)|transition(?:ed|ing)?)(?: everything| all| it)?(?: over| across)? (?:to|with) (?<name>\p{Lu}[\p{L}\d.+-]*)/gu
/** Plans, days and languages that one moves to as well. */
const OWN =
  /^(?:Premium|Pro|Plus|Basic|Standard|Enterprise|Business|Free|Starter|Gold|Silver|Platinum|Annual|Monthly|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|English|Chinese|German|French|Spanish|Plan|You|Your)$/
/** A name that only a product has: "HubSpot", "Monday.com". */
const PRODUCT = /^\p{Lu}.*(?:\p{Ll}\p{Lu}|\.\p{Ll}{2,}$)/u
const ENDS = /\b(?:cancel|terminat|close|closing|end|ending|renew|stop|leav|instead)\w*/i

/** True when a text names whom the customer goes to instead: "we are moving to HubSpot", but not "to Berlin". */
export function saysWhereTo(text: string): boolean {
  for (const { groups, index } of text.matchAll(GOES_EN)) {
    const name = groups!.name!.replace(/[.+-]+$/, '')
    if (OWN.test(name) || beginsWithPlace(text.slice(text.indexOf(name, index)))) continue
    if (PRODUCT.test(name) || ENDS.test(text)) return true
  }
  return false
}
