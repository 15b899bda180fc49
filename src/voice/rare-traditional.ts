/**
 * More traditional characters, each followed by its simplified form, which only search folds: moods are read as they
 * were learned, without them.
 */
const PAIRS =
  '樁桩輛辆閥阀釐厘廁厕螢荧鑽钻鋰锂鋼钢銅铜鋁铝輻辐駛驶駐驻鳴鸣噸吨噴喷嚇吓嚴严壺壶廈厦悅悦懸悬撐撑攪搅斬斩曉晓暈晕棧栈槍枪檯台氫氢淨净渦涡滲渗濾滤瀏浏燙烫' +
  '畝亩癢痒盞盏礦矿籃篮紋纹紗纱紮扎絨绒綿绵緻致罷罢翹翘聳耸膩腻艙舱蘋苹蠟蜡觸触訝讶詭诡誘诱謹谨譽誉蹤踪軸轴轎轿轟轰鄭郑醬酱鉛铅鉤钩銹锈鋒锋鋸锯錶表鍍镀鎂镁' +
  '鏽锈鐳镭鑄铸閘闸隻只鞏巩韌韧頸颈頗颇顛颠颱台飾饰餵喂駁驳髮发鬍胡鯊鲨鵝鹅僑侨償偿剛刚勁劲勻匀匯汇區区協协卹恤廚厨廝厮彎弯戶户揀拣掛挂搗捣斷断旋旋暱昵枴拐棗枣' +
  '橢椭歎叹毆殴汙污洶汹浹浃湊凑溫温滬沪漣涟潛潜澀涩濱滨瀉泻灑洒灘滩煙烟煒炜熾炽燦灿爛烂牆墙狽狈猻狲瑋玮瓊琼甌瓯癱瘫皚皑矚瞩礎础禱祷稟禀窯窑竄窜箋笺籠笼'

const simplified = new Map<string, string>()
for (let index = 0; index + 1 < PAIRS.length; index += 2) simplified.set(PAIRS[index]!, PAIRS[index + 1]!)

const RARE = new RegExp(`[${[...simplified.keys()].join('')}]`, 'g')

/** The text with these characters simplified, as long as it was. */
export function simplifyRare(words: string): string {
  return words.replace(RARE, (character) => simplified.get(character)!)
}
