import { meantBy } from '../nearest.ts'
import { clip, type Locale, type Text, text } from '../text.ts'

/** What a header that was not split at all may have been meant to be split at. */
const SEPARATORS = new Map([
  ['\t', text('制表符', 'tabs')],
  [';', text('“;”', '";"')],
  ['|', text('“|”', '"|"')],
  [',', text('“,”', '","')],
])

/** Everything that keeps a mapping from being applied to these columns, one finding each. */
export function columnProblems(columns: readonly string[], mapped: readonly string[]): Text[] {
  const twice = columns.filter((name, index) => name !== '' && columns.indexOf(name) !== index)
  const missing = mapped.filter((name) => !columns.includes(name))
  const problems = [...new Set(twice)].map((name) => {
    const short = clip(name, LONGEST_NAME)
    return text(
      `有两列都叫“${short}”；请改名其中一列`,
      `has two columns named "${short}"; rename one of them`,
    )
  })
  if (missing.length === 0) return problems
  const separator =
    columns.length === 1 ? [...SEPARATORS].find(([mark]) => columns[0]!.includes(mark)) : undefined
  if (separator !== undefined) {
    const { zh, en } = separator[1]
    const advice = text(
      `似乎用${zh}分列；请设置 \`delimiter\` 或 \`format\``,
      `seems to separate its columns by ${en}; set \`delimiter\` or \`format\``,
    )
    return [...problems, advice]
  }
  const meant = missing.map((name) => meantBy(name, columns))
  const all = (locale: Locale) => [...new Set(meant.map((each) => each[locale]))].join('')
  const [zh, en] = [
    missing.map((name) => `“${name}”`).join('、'),
    missing.map((name) => `"${name}"`).join(', '),
  ]
  const absent = text(
    `没有${zh}这样的列；有这些：${listed(columns)}。${all('zh')}`,
    `has no column ${en}; it has: ${listed(columns)}.${all('en')}`,
  )
  return [...problems, absent]
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
