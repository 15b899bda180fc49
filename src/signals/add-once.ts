/** Adds a word to a short list that does not hold it yet: a set would be dearer than the list. */
export function addOnce(words: string[], word: string): void {
  if (!words.includes(word)) words.push(word)
}
