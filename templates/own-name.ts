/** Names people bear that are words too: masked only where they are written as a name. */
const WORDS = new Set(
  `will may mark grant hope grace rose bill rich drew chase faith joy dawn summer autumn april june august frank ernest earnest
  young long short white black brown green gray grey king price cook baker park parks street hill wood woods stone church
  field fields lane banks bush reed rice rich sharp small swift strong wise best early day love good goodman post page
  waters rivers winter winters spring weeks major pope bishop knight noble gold silver penny iris ivy daisy lily violet ruby
  pearl amber ray gene dale glen guy jack pat nick rob rusty sandy sunny honey angel victor dean duke earl miles rush hall`.split(
    /\s+/,
  ),
)
const GIVEN_WORDS = new Set(
  `国庆 健康 平安 明天 今天 海洋 阳光 春天 春节 幸福 快乐 高兴 新年 元旦 文明 和平 建设 光明 长江 黄河 泰山 东方 成功 胜利 团结
  保养 服务 质量 满意 开心 中秋 金秋 晴天 天天 安全 自强 立新 方便 如意 吉祥 小时 大海 家家 安心 放心 希望 未来 世纪 新华`.split(
    /\s+/,
  ),
)
const COMPOUND =
  /^(?:欧阳|司马|诸葛|上官|夏侯|东方|皇甫|尉迟|公孙|慕容|令狐|长孙|宇文|司徒|端木|南宫|司空|独孤|轩辕|百里|呼延|申屠|东郭|西门|歐陽|諸葛|東方|長孫)/
const TITLE = /^(?:mr|mrs|ms|miss|dr|prof|sir|van|von|der|den|de|di|da|la|le|el|al|bin|ibn|jr|sr)$/i
/** A firm's name is made of words that voices need. */
const FIRM =
  /(?:^|\s)(?:ltd|limited|inc|llc|gmbh|corp|corporation|company|co|group|ag|sa|plc|bv|oy|ab)\.?(?:\s|$)/i
/** Latin names this short are as often a word: "An", "Li", "Jo", "Kim". */
const SHORT = 3
const MASK = '**'

/** What in a voice is its customer's own name: the whole of it, and the parts people call themselves by. */
export function ownName(name: string, whole: string): (words: string) => string {
  const words = name.split(/\s+/)
  // "Will" alone is asked for as a part is.
  const steps =
    words.length === 1 && /^\p{Script=Latin}+$/u.test(name)
      ? [part(name)]
      : [step(bounded(words.map(quoted).join('\\s+'), name), whole), ...parts(name)]
  return (said) => steps.reduce((left, mask) => mask(left), said)
}

type Step = (words: string) => string
const step =
  (found: RegExp, mask: string | ((found: string) => string)): Step =>
  (words) =>
    words.replace(found, (said: string) => (typeof mask === 'string' ? mask : mask(said)))

function parts(name: string): Step[] {
  if (/^\p{Script=Han}{2,4}$/u.test(name)) return given(name.slice(COMPOUND.test(name) ? 2 : 1))
  if (FIRM.test(name)) return []
  const words = name.split(/[\s·・.,，、]+/u).filter((word) => [...word].length >= 2 && !TITLE.test(word))
  return words.length === 1 && words[0] === name ? [] : words.map(part)
}

/** 小明 of 王小明. A single character is a word of its own far too often. */
function given(name: string): Step[] {
  if ([...name].length < 2) return []
  const called = GIVEN_WORDS.has(name) ? '(?<=我是|我叫|名叫|姓名[:：]?|叫做)' : ''
  return [step(new RegExp(`${called}${quoted(name)}`, 'gu'), MASK)]
}

function part(word: string): Step {
  const isWord =
    /^\p{Script=Latin}+$/u.test(word) && ([...word].length <= SHORT || WORDS.has(word.toLowerCase()))
  const asName = `${word[0]!.toUpperCase()}${word.slice(1).toLowerCase()}`
  const found = isWord ? new RegExp(bounded(asName, asName).source, 'gu') : bounded(quoted(word), word)
  return step(found, (said) => `${[...said][0]}***`)
}

/** As a word of its own, in any case; scripts without spaces have no such edges. */
function bounded(pattern: string, name: string): RegExp {
  const edge = (at: string) =>
    /[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}]/u.test(at) ? '[\\p{L}\\p{N}_]' : null
  const [before, after] = [edge(name.at(0)!), edge(name.at(-1)!)]
  return new RegExp(
    `${before === null ? '' : `(?<!${before})`}${pattern}${after === null ? '' : `(?!${after})`}`,
    'giu',
  )
}

function quoted(word: string): string {
  return word.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
}
