/**
 * The part of an English word that its forms share: plurals, -ed and -ing taken off, a doubled letter and a last -e and
 * -y evened out (steps 1 and 5 of Porter's rules). Other words come back as they are.
 */
export function stem(word: string): string {
  if (word.length < 4 || !/^[a-z]+$/.test(word)) return word
  return withoutEnd(withoutPast(withoutPlural(word)))
}

function withoutPlural(word: string): string {
  if (/(sses|ies)$/.test(word)) return word.slice(0, -2)
  return /[^su]s$/.test(word) || word.endsWith('ues') ? word.slice(0, -1) : word
}

function withoutPast(word: string): string {
  if (word.endsWith('eed')) return measure(word.slice(0, -3)) > 0 ? word.slice(0, -1) : word
  const bare = /^(.+?)(?:ed|ing)$/.exec(word)?.[1]
  if (bare === undefined || !hasVowel(bare)) return word
  if (/(at|bl|iz)$/.test(bare)) return `${bare}e`
  if (/([^aeioulsz])\1$/.test(bare)) return bare.slice(0, -1)
  return measure(bare) === 1 && isShort(bare) ? `${bare}e` : bare
}

function withoutEnd(word: string): string {
  if (word.endsWith('y') && word.length > 3 && hasVowel(word.slice(0, -1))) return `${word.slice(0, -1)}i`
  if (word.endsWith('e')) {
    const bare = word.slice(0, -1)
    const groups = measure(bare)
    return groups > 1 || (groups === 1 && !isShort(bare)) ? bare : word
  }
  return word.endsWith('ll') && measure(word) > 1 ? word.slice(0, -1) : word
}

const hasVowel = (word: string): boolean => /[aeiou]|.y/.test(word)

/** How often vowels are followed by consonants: 0 in "tree", 1 in "trouble", 2 in "private". */
function measure(word: string): number {
  const kinds = word.replace(/(?<=[^aeiou])y/g, 'i').replace(/[aeiou]+/g, 'V')
  return kinds.match(/V[^V]/g)?.length ?? 0
}

/** Ends in consonant, vowel, consonant, as "hop" and "fil" do; such a stem has lost its e. */
function isShort(word: string): boolean {
  return /[^aeiou][aeiouy][^aeiouwxy]$/.test(word)
}
