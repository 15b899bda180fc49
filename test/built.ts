import { fileURLToPath } from 'node:url'

/** Benches run what is built, and so do processes and threads that tests start: it was built before the first test (global-setup.ts). */
const IS_BUILT = import.meta.url.endsWith('.js')
const BUILT = process.env['FORESHOCK_BUILT']

/** A program to be started by node: words for node itself, and the file. */
export interface Script {
  readonly execArgv: string[]
  readonly file: string
}

/** The program whose source stands at `path` without its ending, beside the caller (`import.meta.url`). */
export function scriptAt(from: string, path: string): Script {
  if (IS_BUILT) return { execArgv: [], file: fileURLToPath(new URL(`${path}.js`, from)) }
  const source = new URL(`${path}.ts`, from).href
  if (BUILT === undefined) return { execArgv: ['--import', 'tsx'], file: fileURLToPath(source) }
  const root = new URL('..', import.meta.url).href
  return {
    execArgv: [],
    file: fileURLToPath(new URL(source.slice(root.length).replace(/\.ts$/, '.js'), BUILT)),
  }
}
