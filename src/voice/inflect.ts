const VOWELS = 'aeiou'
/** First words of a phrase that are no verbs. */
const UNBENT = new Set(
  'not won never this that these the our your you they has have had was were are been has can could will would should and for with from all got getting'.split(
    ' ',
  ),
)

/**
 * The forms in which an English term turns up: the first word bent as a verb, the last as a plural. Forms that no
 * one writes do no harm; a wrong match would need a word that exists and means something else, which `not` covers.
 */
export function formsOf(term: string): string[] {
  const words = term.split(' ')
  const first = words[0]!
  if (!/^[a-z]{3,}$/.test(first) || UNBENT.has(first)) return [term]
  const rest = words.slice(1).join(' ')
  const forms = new Set<string>([term])
  for (const form of verbForms(first)) forms.add(rest === '' ? form : `${form} ${rest}`)
  if (rest !== '' && /[a-z]$/.test(rest)) forms.add(`${term}s`)
  return [...forms]
}

function verbForms(word: string): string[] {
  if (/(s|x|z|ch|sh)$/.test(word)) return [`${word}es`, `${word}ed`, `${word}ing`]
  if (word.endsWith('e')) return [`${word}s`, `${word}d`, `${word.slice(0, -1)}ing`]
  if (/[^aeiou]y$/.test(word)) return [`${word.slice(0, -1)}ies`, `${word.slice(0, -1)}ied`, `${word}ing`]
  const plain = [`${word}s`, `${word}ed`, `${word}ing`]
  return endsShort(word) ? [...plain, `${word}${word.at(-1)}ed`, `${word}${word.at(-1)}ing`] : plain
}

/** consonant-vowel-consonant: cancel -> cancelled (British) beside canceled (American), scam -> scammed. */
function endsShort(word: string): boolean {
  const [third, second, last] = word.slice(-3)
  if (third === undefined || second === undefined || last === undefined) return false
  return !VOWELS.includes(third) && VOWELS.includes(second) && !`${VOWELS}wxy`.includes(last)
}
