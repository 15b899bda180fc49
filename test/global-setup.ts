import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const page = 'templates/console/tsconfig.json'

/** Runs once before all tests: builds what they start and open, and says what is missing. */
export default function setUp(): void {
  // Each project asks for it, and so does what holds them together.
  if (process.env['FORESHOCK_BUILT'] !== undefined) return
  build()
  const { embedded, onServer } = databaseTemplates()
  process.env['FORESHOCK_TEST_DATABASE'] = embedded
  process.env['FORESHOCK_TEST_SERVER_DATABASE'] = onServer
  const missing = missingTools(process.env, existsSync)
  if (missing.length > 0) {
    process.stderr.write(`\n${missing.map((line) => `!! ${line}`).join('\n')}\n\n`)
  }
}

/**
 * The console page that the browser tests open, and all processes and threads: from source each would take a second or more to start.
 * Types are for `npm run check`, which takes four times as long over them as it takes to build without.
 */
function build(): void {
  const built = `${root}dist/`
  const said = [tsc('tsconfig.json'), existsSync(`${root}${page}`) ? tsc(page) : ''].join('')
  if (said !== '') throw new Error(`What tests start does not compile, so no test ran.\n${said}`)
  process.env['FORESHOCK_BUILT'] = pathToFileURL(built).href
}

/** What the compiler has to say; nothing where all is well. */
function tsc(project: string): string {
  const command = `${root}node_modules/.bin/tsc`
  const { status, stdout, stderr } = spawnSync(command, ['-p', project, '--noCheck'], {
    cwd: root,
    encoding: 'utf8',
  })
  return status === 0 ? '' : `${stdout}${stderr}`
}

/** The empty databases that tests copy; made in a process of its own, which ends with them. */
function databaseTemplates(): { readonly embedded: string; readonly onServer: string } {
  const made = spawnSync(process.execPath, [`${root}dist/test/template.js`], {
    cwd: root,
    encoding: 'utf8',
    timeout: 120_000,
  })
  if (made.status !== 0)
    throw new Error(`The test database could not be made, so no test ran.\n${made.stderr}`)
  return JSON.parse(made.stdout)
}

/** One line for each tool whose absence leaves tests out. */
export function missingTools(
  env: Readonly<Record<string, string | undefined>>,
  exists: (path: string) => boolean,
): string[] {
  const missing: string[] = []
  if (!exists('/usr/bin/chromium')) {
    missing.push('No /usr/bin/chromium: the browser tests do not run. Mend: apt-get install chromium')
  }
  if (!env['TEST_DATABASE_URL']) {
    missing.push('No TEST_DATABASE_URL: tests run on PGlite only. Mend: test/with-postgres npm test')
  }
  return missing
}
