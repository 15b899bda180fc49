import { ForeshockError } from '../errors.ts'
import { didYouMean } from '../nearest.ts'
import { isPlaceholder, quoted } from '../records/parsed.ts'

/** Which rows have a label, and which of them left. */
export interface LabelsRead {
  /** The value that means "left", as written. */
  readonly positive: string
  /** Rows with a label, ascending. */
  readonly rows: Int32Array
  /** 1: left. As many as `rows`. */
  readonly labels: Uint8Array
}

/** What a yes is written as when nobody says so. */
const YES = /^(?:1|1\.0|yes|y|true|t|churn|churned|left|lost|gone|cancelled|canceled|是|流失|已流失|真)$/i

/**
 * Reads the label column. Without `positive` the column must hold two values, one of which is plainly a yes. Throws BAD_INPUT where
 * it cannot be known what leaving is written as, or where only one class is there.
 */
export function readLabels(name: string, cells: readonly string[], positive: string | undefined): LabelsRead {
  const words = cells.map((cell) => (isPlaceholder(cell) ? null : cell.normalize('NFC').trim()))
  const values = [...new Set(words.filter((word) => word !== null))].sort()
  if (values.length === 0)
    throw wrong(`The label column "${name}" is empty.`, 'Name another one with --label.')
  const meant = positive === undefined ? yesOf(name, values) : namedOf(name, values, positive.trim())
  const rows = Int32Array.from(words.flatMap((word, row) => (word === null ? [] : [row])))
  const labels = Uint8Array.from(rows, (row) => (words[row] === meant ? 1 : 0))
  if (labels.every((label) => label === 1)) {
    throw wrong(
      `Every row has ${quoted(meant)} in "${name}": there is one class only.`,
      'Give rows of customers who stayed as well.',
    )
  }
  return { positive: meant, rows, labels }
}

function namedOf(name: string, values: readonly string[], positive: string): string {
  const meant =
    values.find((value) => value === positive) ??
    values.find((value) => Number(value) === Number(positive) && value !== '')
  if (meant !== undefined) return meant
  throw wrong(
    `No row has ${quoted(positive)} in "${name}".${didYouMean(positive, values)}`,
    `Its values are: ${listed(values)}.`,
  )
}

function yesOf(name: string, values: readonly string[]): string {
  if (values.length === 1) {
    throw wrong(
      `Every row has ${quoted(values[0]!)} in "${name}": there is one class only.`,
      'Give rows of both: customers who left and customers who stayed.',
    )
  }
  const yes = values.filter((value) => YES.test(value))
  if (values.length === 2 && yes.length === 1) return yes[0]!
  throw wrong(
    values.length === 2
      ? `Which value of "${name}" means that the customer left, ${values.map(quoted).join(' or ')}?`
      : `"${name}" has ${values.length} different values: ${listed(values)}.`,
    'Say with --positive VALUE which one means that the customer left.',
  )
}

function listed(values: readonly string[]): string {
  const shown = values.slice(0, 6).map(quoted).join(', ')
  return values.length > 6 ? `${shown} and ${values.length - 6} more` : shown
}

function wrong(what: string, hint: string): ForeshockError {
  return new ForeshockError('BAD_INPUT', what, hint)
}
