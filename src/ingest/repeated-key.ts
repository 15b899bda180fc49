/**
 * A key that stands twice in one object of a JSON text; null: none does. Which of the two is meant nobody can tell, and
 * another program may take the other one. Linear in the text, which must be JSON.
 */
export function repeatedKey(json: string): string | null {
  /** Keys of the objects around, null for a list. */
  const around: (Set<string> | null)[] = []
  let isKey = false
  for (let at = 0; at < json.length; at += 1) {
    switch (json[at]) {
      case '{':
        around.push(new Set())
        isKey = true
        break
      case '[':
        around.push(null)
        isKey = false
        break
      case '}':
      case ']':
        around.pop()
        break
      case ',':
        isKey = around.at(-1) !== null
        break
      case '"': {
        const end = endOfString(json, at)
        if (isKey) {
          const key = keyIn(json.slice(at, end + 1))
          const own = around.at(-1)!
          if (own.has(key)) return key
          own.add(key)
          isKey = false
        }
        at = end
      }
    }
  }
  return null
}

/** The place of the quote that ends a string. */
function endOfString(json: string, start: number): number {
  for (let end = json.indexOf('"', start + 1); ; end = json.indexOf('"', end + 1)) {
    let slashes = 0
    while (json[end - 1 - slashes] === '\\') slashes += 1
    if (slashes % 2 === 0) return end
  }
}

function keyIn(quoted: string): string {
  return quoted.includes('\\') ? (JSON.parse(quoted) as string) : quoted.slice(1, -1)
}
