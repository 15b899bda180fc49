import type { Document, LineCounter } from 'yaml'
import type { z } from 'zod'
import { ForeshockError } from '../errors.ts'
import { didYouMean } from '../nearest.ts'

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

/** What of a configuration names something else in it. */
interface Named {
  readonly people: readonly {
    readonly id: string
    readonly lead?: string | undefined
    readonly substitute?: string | undefined
    readonly email?: string | undefined
    readonly slack?: string | undefined
    readonly lark?: string | undefined
  }[]
  readonly channels: readonly {
    readonly id: string
    readonly chat: string
    readonly to?: string | undefined
  }[]
  readonly sources: readonly { readonly name: string; readonly type: string }[]
  readonly owners: readonly {
    readonly person: string
    readonly site?: string | undefined
    readonly product?: string | undefined
    readonly topic?: string | undefined
  }[]
}

/** Names that must point at something that exists. */
export function crossCheck(config: Named): string[] {
  const people = new Set(config.people.map((person) => person.id))
  return [
    ...repeated(
      'people',
      config.people.map((person) => person.id),
    ),
    ...repeated(
      'channels',
      config.channels.map((channel) => channel.id),
    ),
    ...repeated(
      'sources',
      config.sources.map((source) => source.name),
    ),
    ...config.people.flatMap(({ id, lead, substitute }) => [
      ...strangers(id, 'lead', lead, people),
      ...strangers(id, 'substitute', substitute, people),
    ]),
    ...config.owners.flatMap((owner) => ownerFault(owner, people)),
    ...(['email', 'slack', 'lark'] as const).flatMap((as) =>
      repeated(
        `people: ${as}`,
        config.people.flatMap((person) => person[as] ?? []),
      ),
    ),
    ...config.channels.flatMap(addressFault),
    ...config.sources.flatMap(doorFault),
  ]
}

/** Addresses below /ingest that are there without being named. */
const OWN_DOORS = ['feedback', 'events']

function doorFault({ name, type }: Named['sources'][number]): string[] {
  if (type !== 'webhook' || !OWN_DOORS.includes(name)) return []
  return [`sources: /ingest/${name} is there already, for our own field names; call "${name}" something else`]
}

function addressFault({ id, chat, to }: Named['channels'][number]): string[] {
  if (chat !== 'console' && to === undefined)
    return [`channels: "${id}" is on ${chat}; give the platform’s id of the channel as to: ...`]
  return chat === 'console' && to !== undefined
    ? [`channels: "${id}" is in the console and needs no "to"; remove it, or say which chat: slack or lark`]
    : []
}

function ownerFault(
  { person, site, product, topic }: Named['owners'][number],
  people: ReadonlySet<string>,
): string[] {
  if ((site ?? product ?? topic) === undefined)
    return [`owners: say what "${person}" answers for: site, product or topic`]
  if (people.has(person)) return []
  return [`owners: "${person}" is not one of the people.${didYouMean(person, people) || ' Add that person'}`]
}

function strangers(id: string, as: string, named: string | undefined, people: ReadonlySet<string>): string[] {
  if (named === undefined || people.has(named)) return []
  const mend = didYouMean(named, people) || ` Add that person or remove the ${as}`
  return [`people: ${id}'s ${as} "${named}" is not one of the people.${mend}`]
}

function repeated(list: string, names: readonly string[]): string[] {
  const twice = new Set(names.filter((name, index) => names.indexOf(name) !== index))
  return [...twice].map((name) => `${list}: "${name}" stands there twice; give each its own name`)
}
