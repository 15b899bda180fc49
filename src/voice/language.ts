import { FOREIGN, HAN, UNITS, WORD } from './cue-units.ts'
import { openText } from './open-text.ts'

export type VoiceLanguage = 'zh' | 'en' | 'other'

/** Units looked at; the beginning of a text says enough. */
const LOOKED_AT = 400
/** A character says about as much as so many letters. */
const LETTERS_A_CHARACTER = 3

/** The language by its script: Chinese characters, Latin letters, or another or none. */
export function languageOf(text: string): VoiceLanguage {
  let han = 0
  let latin = 0
  let foreign = 0
  const { raw } = openText(text)
  const length = Math.min(text.length, LOOKED_AT)
  for (let index = 0; index < length; index += 1) {
    const code = raw[index]!
    const unit = UNITS[code]!
    if ((unit & HAN) !== 0) han += 1
    else if ((unit & FOREIGN) !== 0) foreign += 1
    else if ((unit & WORD) !== 0 && !isDigit(code)) latin += 1
  }
  const chinese = han * LETTERS_A_CHARACTER
  if (foreign > 0 && foreign * LETTERS_A_CHARACTER >= Math.max(chinese, latin)) return 'other'
  if (chinese === 0 && latin === 0) return 'other'
  return chinese >= latin ? 'zh' : 'en'
}

function isDigit(code: number): boolean {
  return (code >= 0x30 && code <= 0x39) || (code >= 0xff10 && code <= 0xff19)
}
