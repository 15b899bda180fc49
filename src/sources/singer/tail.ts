import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { clean, clip } from '../../text.ts'

/** Lines kept for what is said of a failure, lines logged of one run, and how long each may be. */
const KEPT = 5
const LOGGED = 200
const LENGTH = 300

/**
 * What a tap writes beside its messages: goes to the log, its last lines stay for whoever asks why it failed.
 *
 * @param mask takes out secrets and what names a person
 */
export function followStderr(
  stream: Readable,
  mask: (words: string) => string,
  log: (line: string) => void,
): () => string {
  const last: string[] = []
  let logged = 0
  const lines = createInterface({ input: stream })
  lines.on('line', (raw) => {
    // Masked before it is cut: half a secret would not be known as one.
    const line = clip(mask(clean(raw).trim()), LENGTH)
    if (line === '') return
    last.push(line)
    if (last.length > KEPT) last.shift()
    logged += 1
    if (logged <= LOGGED) log(line)
  })
  return () => last.join(' | ')
}

/** Takes these values out of what is said, whatever else stands there. */
export function without(secrets: readonly string[]): (words: string) => string {
  // Long ones first: what is left of one that begins with another would tell its end. A key of many lines is said line by line.
  const known = secrets
    .flatMap((secret) => [secret, ...secret.split(/[\r\n]+/)])
    .filter((secret) => secret.length >= 6)
    .sort((a, b) => b.length - a.length)
  return (words) => known.reduce((left, secret) => left.replaceAll(secret, '****'), words)
}

/** Every text in a JSON value: a tap's configuration is full of secrets under any name. */
export function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(textsIn)
}
