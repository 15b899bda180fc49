import type { Document, LineCounter } from 'yaml'
import type { z } from 'zod'
import { ForeshockError } from './errors.ts'
import { didYouMean } from './nearest.ts'

/** Says what is wrong with a configuration file so that its writer can mend it: where, what, and what it should be. */

type Issue = z.core.$ZodIssue

/** One sentence a fault, with its line and the place in the file. */
export function faultOf(issue: Issue, document: Document, lines: LineCounter): string {
  const line = lineOf(document, lines, issue)
  const where = issue.path.length === 0 ? 'the file' : issue.path.map(String).join('.')
  const value = issue.code === 'invalid_union' ? document.getIn(issue.path) : issue.input
  return `${line === null ? '' : `line ${line}: `}${where}: ${said(issue, value)}`
}

/** CONFIG_INVALID with every fault. */
export function invalid(file: string, faults: readonly string[]): ForeshockError {
  const [only] = faults
  const what =
    faults.length === 1
      ? `${file} has a fault: ${only}${/[.?!]$/.test(only!) ? '' : '.'}`
      : `${file} has ${faults.length} faults:${faults.map((fault) => `\n  - ${fault}`).join('')}\n`
  return new ForeshockError('CONFIG_INVALID', what, 'Mend the file and run `foreshock doctor` to check it.')
}

function said(issue: Issue, input: unknown): string {
  const shown = short(input)
  switch (issue.code) {
    case 'invalid_type':
      return input === undefined
        ? `is missing; give ${KINDS[issue.expected] ?? issue.expected}`
        : `${shown} is not ${KINDS[issue.expected] ?? issue.expected}`
    case 'invalid_value':
      return notAmong(issue.values.map(String), input)
    case 'too_small':
      if (issue.origin === 'string')
        return Number(issue.minimum) > 1
          ? `${shown} is too short; write at least ${issue.minimum} characters`
          : 'is empty; write something'
      if (issue.origin === 'array') return 'needs at least one entry'
      return `${shown} is too small; the least is ${issue.minimum}`
    case 'too_big':
      return `${shown} is too ${issue.origin === 'string' ? 'long' : 'large'}; the most is ${issue.maximum}`
    case 'invalid_union': {
      const kinds = [...issue.message.matchAll(/'([^']+)'/g)].map(([, kind]) => kind!)
      if (kinds.length > 0) return notAmong(kinds, input)
      // Only a source's fields may be several things.
      return issue.message === 'Invalid input'
        ? `${shown} does not fit; name a column, or write {value: ...}`
        : issue.message
    }
    // Our own words come after the value ("is not a time zone; use ...") or stand for themselves.
    case 'custom':
    case 'invalid_format':
      return /^(is|are) /.test(issue.message) ? `${shown} ${issue.message}` : issue.message
    default:
      return issue.message
  }
}

function notAmong(allowed: readonly string[], input: unknown): string {
  const list = allowed.length === 1 ? allowed[0]! : `one of ${allowed.join(', ')}`
  if (input === undefined) return `is missing; give ${list}`
  return `${short(input)} is not ${list}.${didYouMean(String(input), allowed)}`
}

const KINDS: Readonly<Record<string, string>> = {
  string: 'text (put quotes around it if it looks like a number)',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list (lines that begin with -)',
  object: 'a group of keys',
  record: 'a group of keys',
}

function short(value: unknown): string {
  if (value === null) return 'nothing'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object') return 'a group of keys'
  const words = String(value)
  return `"${words.length > 60 ? `${words.slice(0, 59)}…` : words}"`
}

/** The line of the nearest thing that is written down. */
function lineOf(document: Document, lines: LineCounter, issue: Issue): number | null {
  const path = issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0]!] : issue.path
  for (let depth = path.length; depth > 0; depth -= 1) {
    const node = document.getIn(path.slice(0, depth), true) as
      | { range?: [number, number, number] }
      | undefined
    if (node?.range !== undefined) return lines.linePos(node.range[0]).line
  }
  return null
}
