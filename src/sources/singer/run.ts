import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Log } from '../../log.ts'
import { text } from '../../text.ts'
import type { SourceEnvironment } from '../environment.ts'
import { secretIn, type Variables } from '../variable.ts'
import { ALWAYS, type SingerMapping } from './mapping.ts'
import { textsIn, without } from './tail.ts'
import { startTap, type Tap } from './tap.ts'

export interface SingerEnvironment extends SourceEnvironment {
  readonly variables: Variables
  readonly log: Log
  /** Takes out what names a person. */
  mask(words: string): string
}

const NEEDED = text('采集程序需要的值', 'what the tap needs')

/** Starts the tap with what the mapping gives it and nothing else. @throws ForeshockError SOURCE_FAILED */
export async function runTap(
  mapping: SingerMapping,
  { variables, baseFolder, log, mask }: SingerEnvironment,
  state: unknown,
): Promise<Tap> {
  const { name: source, env: allowed, config } = mapping
  const own = Object.fromEntries(allowed.map((name) => [name, secretIn(name, variables, source, NEEDED)]))
  const always = ALWAYS.flatMap((name) => {
    const value = variables(name)
    return value === undefined ? [] : [[name, value] as const]
  })
  const secrets = [...Object.values(own), ...textsIn(await jsonIn(config, baseFolder))]
  const hide = without(secrets)
  return startTap(mapping, {
    ...{ state, folder: baseFolder, env: { ...Object.fromEntries(always), ...own } },
    mask: (words) => mask(hide(words)),
    log: (line) => log.info({ source, line }, 'a tap says'),
  })
}

/** What a JSON file holds; undefined: it is none. */
export async function jsonIn(file: string | undefined, folder: string): Promise<unknown> {
  if (file === undefined) return undefined
  try {
    return JSON.parse(await readFile(path.resolve(folder, file), 'utf8'))
  } catch {
    return undefined
  }
}
