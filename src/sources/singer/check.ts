import { existsSync } from 'node:fs'
import path from 'node:path'
import { didYouMean } from '../../nearest.ts'
import { isObject } from '../cells.ts'
import type { SingerMapping } from './mapping.ts'
import { jsonIn, type SingerEnvironment } from './run.ts'

/** What is wrong with the files a tap is given, before it is run. */
export async function paperProblems(
  { config, catalog, streams }: SingerMapping,
  { baseFolder }: SingerEnvironment,
): Promise<string[]> {
  const faults = await Promise.all([
    fileFault('config', config, baseFolder),
    fileFault('catalog', catalog, baseFolder),
  ])
  const found = faults.flatMap((fault) => fault ?? [])
  if (found.length > 0 || catalog === undefined) return found
  const listed = streamsIn(await jsonIn(catalog, baseFolder))
  if (listed === null) return [`the catalog ${catalog} has no list of streams`]
  return streams.flatMap(({ stream }) => {
    const there = listed.find(({ name }) => name === stream)
    const names = listed.map(({ name }) => name)
    if (there === undefined)
      return [
        `the catalog ${catalog} has no stream "${stream}"; it has: ${names.join(', ')}.${didYouMean(stream, names)}`,
      ]
    return there.selected
      ? []
      : [`the catalog ${catalog} does not select the stream "${stream}"; set "selected": true`]
  })
}

async function fileFault(what: string, file: string | undefined, folder: string): Promise<string | null> {
  if (file === undefined) return null
  if (!existsSync(path.resolve(folder, file)))
    return `there is no ${what} file ${file}; paths start from the folder of the config file, ${folder}`
  return (await jsonIn(file, folder)) === undefined ? `the ${what} file ${file} is not valid JSON` : null
}

interface Listed {
  readonly name: string
  readonly selected: boolean
}

function streamsIn(catalog: unknown): Listed[] | null {
  if (!isObject(catalog) || !Array.isArray(catalog['streams'])) return null
  return catalog['streams'].filter(isObject).map((stream) => ({
    name: String(stream['stream'] ?? stream['tap_stream_id']),
    selected: isSelected(stream),
  }))
}

/** Said of the stream as a whole in its metadata, in old catalogs in its schema; taps without either select everything. */
function isSelected({ metadata, schema, selected }: Record<string, unknown>): boolean {
  const whole = (Array.isArray(metadata) ? metadata : [])
    .filter(isObject)
    .find(({ breadcrumb }) => Array.isArray(breadcrumb) && breadcrumb.length === 0)?.['metadata']
  const said = isObject(whole)
    ? (whole['selected'] ?? whole['selected-by-default'] ?? whole['inclusion'] === 'automatic')
    : (selected ?? (isObject(schema) ? schema['selected'] : undefined) ?? true)
  return said !== false
}
