import { didYouMean } from '../nearest.ts'
import { clip } from '../text.ts'

/** What a header that was not split at all may have been meant to be split at. */
const SEPARATORS = new Map([
  ['\t', 'tabs'],
  [';', '";"'],
  ['|', '"|"'],
  [',', '","'],
])

/** Everything that keeps a mapping from being applied to these columns, one finding each. */
export function columnProblems(columns: readonly string[], mapped: readonly string[]): string[] {
  const twice = columns.filter((name, index) => name !== '' && columns.indexOf(name) !== index)
  const missing = mapped.filter((name) => !columns.includes(name))
  const problems = [...new Set(twice)].map(
    (name) => `has two columns named "${clip(name, LONGEST_NAME)}"; rename one of them`,
  )
  if (missing.length === 0) return problems
  const separator =
    columns.length === 1 ? [...SEPARATORS].find(([mark]) => columns[0]!.includes(mark)) : undefined
  if (separator !== undefined) {
    return [...problems, `seems to separate its columns by ${separator[1]}; set \`delimiter\` or \`format\``]
  }
  const names = missing.map((name) => `"${name}"`).join(', ')
  const meant = [...new Set(missing.map((name) => didYouMean(name, columns)))].join('')
  return [...problems, `has no column ${names}; it has: ${listed(columns)}.${meant}`]
}

/** Graphemes of a column's name that are said back: a file without a header has whole sentences there. */
const LONGEST_NAME = 40

function listed(columns: readonly string[]): string {
  const shown = columns
    .slice(0, 40)
    .map((name) => clip(name, LONGEST_NAME))
    .join(', ')
  return columns.length > 40 ? `${shown}, ... (${columns.length} in all)` : shown
}
