import { parseDocument } from 'yaml'
import type { z } from 'zod'
import { ForeshockError } from '../errors.ts'
import { nearest } from '../nearest.ts'
import { profileProblems } from './check-profile.ts'
import { interned } from './interned.ts'
import { type Profile, profileSchema } from './profile.ts'

/** Enough to mend a file in one round without burying the reader. */
const SHOWN = 8

/**
 * Reads a profile from the text of its YAML file; `file` is only used to name the place in errors.
 * Throws CONFIG_INVALID with every problem found: the path inside the file, what is wrong, how to mend it.
 */
export function loadProfile(source: string, file: string): Profile {
  const document = parseDocument(source)
  if (document.errors.length > 0)
    throw invalid(
      file,
      document.errors.map(({ message }) => message.split('\n')[0]!),
    )
  const parsed = profileSchema.safeParse(document.toJS())
  if (!parsed.success) throw invalid(file, parsed.error.issues.flatMap(sentences))
  const problems = profileProblems(parsed.data)
  if (problems.length > 0) throw invalid(file, problems)
  return interned(parsed.data)
}

function sentences(issue: z.core.$ZodIssue): string[] {
  const path = issue.path.map(String).join('.')
  if (issue.code !== 'unrecognized_keys')
    return [`${path === '' ? 'the file' : path}: ${inWords(issue.message)}.`]
  return issue.keys.map((key) => {
    const near = nearest(key, KEYS)
    return `${path === '' ? '' : `${path}: `}no setting "${key}". ${near === null ? 'Remove it.' : `Did you mean "${near}"?`}`
  })
}

/** A wrong kind of value, as its writer would say it; other messages are words already. */
function inWords(message: string): string {
  const kinds = /^Invalid input: expected (\w+), received (\w+)$/.exec(message)
  if (kinds === null) return message
  const [, expected = '', received = ''] = kinds
  return received === 'undefined' ? 'is missing' : `is a ${received} where a ${expected} is meant`
}

/** Every key a profile may hold, for suggestions. */
const KEYS = [
  'name version title kinds churn rhythm ltv attributes aggregates finalisers change rules label zh en expr when says basis enabled',
  'peers measures segments stages is use authorisedBy categories of by family features recency frequency monetary tenure guide',
  'entitlements plays faq ask answer prepare act talk quiet visit role tiers range min max amount quantity duration',
  'inactiveDays parts cancelled kind usualDays fn measure from to above take skip now before days fires strong least',
].flatMap((line) => line.split(' '))

function invalid(file: string, problems: readonly string[]): ForeshockError {
  const shown = problems.slice(0, SHOWN)
  const rest = problems.length - shown.length
  return new ForeshockError(
    'CONFIG_INVALID',
    `${file}: ${shown.join(' ')}${rest > 0 ? ` And ${rest} more.` : ''}`,
    `Correct ${file} and try again.`,
  )
}
