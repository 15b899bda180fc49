import { numbers } from './kernel/memory.ts'
import { openText } from './open-text.ts'

export type VoiceLanguage = 'zh' | 'en' | 'other'

/** A character says about as much as so many letters. */
const LETTERS_A_CHARACTER = 3

/** The language by the script of its beginning: Chinese characters, Latin letters, or another or none. */
export function languageOf(text: string): VoiceLanguage {
  const counts = numbers[openText(text).outline]!
  const [han, foreign, latin] = [counts >> 20, (counts >> 10) & 0x3ff, counts & 0x3ff]
  const chinese = han * LETTERS_A_CHARACTER
  if (foreign > 0 && foreign * LETTERS_A_CHARACTER >= Math.max(chinese, latin)) return 'other'
  if (chinese === 0 && latin === 0) return 'other'
  return chinese >= latin ? 'zh' : 'en'
}
