/** Most spellings that one written alternative may stand for. */
export const MOST_SPELLINGS = 1_500

/**
 * What a pattern of alternatives stands for: "(switch|move) to (a new|another) (bank|)" is eight phrases. Null where
 * the brackets do not match, or there would be too many.
 */
export function spelled(pattern: string): string[] | null {
  if (!/[()|]/.test(pattern)) return [pattern]
  let phrases = ['']
  let rest = pattern
  while (rest !== '') {
    const [, plain, group, tail] = /^([^()|]*)(?:\(([^()]*)\))?([\s\S]*)$/.exec(rest)!
    if (tail === rest) return null
    const ways = group === undefined ? [''] : group.split('|')
    phrases = phrases.flatMap((phrase) => ways.map((way) => `${phrase}${plain}${way}`))
    if (phrases.length > MOST_SPELLINGS) return null
    rest = tail!
  }
  return [...new Set(phrases.map((phrase) => phrase.replace(/ {2,}/g, ' ').trim()))]
}

/** Sounds of the characters that churn words are made of, for "tuikuan" and "退kuan". */
const SOUNDS: Readonly<Record<string, string>> = Object.fromEntries(
  (
    '退tui 款kuan 订ding 费fei 钱qian 取qu 消xiao 注zhu 销xiao 户hu 骗pian 子zi 人ren 垃la 圾ji 黑hei 心xin 店dian ' +
    '坑keng 忽hu 悠you 解jie 约yue 起qi 诉su 投tou 货huo 保bao 卡ka 续xu 不bu 欺qi 诈zha 律lv 师shi 恶e 气qi 死si'
  )
    .split(' ')
    .map((pair) => [pair[0]!, pair.slice(1)]),
)

/** Ways to write a Chinese term so that a filter does not see it: by its sound, in whole or by one character. */
export function soundsOf(term: string): string[] {
  const characters = Array.from(term)
  if (characters.length < 2 || characters.length > 4) return []
  const sounds = characters.map((character) => SOUNDS[character])
  const mixed = characters.flatMap((_, at) => {
    const sound = sounds[at]
    // A single letter beside a character is more often something else.
    if (sound === undefined || sound.length < 2) return []
    const before = characters.slice(0, at).join('')
    const after = characters.slice(at + 1).join('')
    const spaced = `${before}${before === '' ? '' : ' '}${sound}${after === '' ? '' : ' '}${after}`
    return [`${before}${sound}${after}`, spaced]
  })
  if (sounds.some((sound) => sound === undefined)) return mixed
  return [...mixed, sounds.join(''), sounds.join(' ')]
}
