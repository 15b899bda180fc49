import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const page = 'templates/console/tsconfig.json'

/** Runs once before all tests: builds the console page that the browser tests open, and says what is missing. */
export default function setUp(): void {
  buildPage()
  process.env['FORESHOCK_TEST_DATABASE'] = databaseTemplate()
  const missing = missingTools(process.env, existsSync)
  if (missing.length > 0) {
    process.stderr.write(`\n${missing.map((line) => `!! ${line}`).join('\n')}\n\n`)
  }
}

function buildPage(): void {
  if (!existsSync(`${root}${page}`)) return
  const tsc = `${root}node_modules/.bin/tsc`
  const { status, stdout, stderr } = spawnSync(tsc, ['-p', page], { cwd: root, encoding: 'utf8' })
  if (status !== 0) throw new Error(`The console page does not compile, so no test ran.\n${stdout}${stderr}`)
}

/** The empty database that tests copy; made in a process of its own, which ends with it. */
function databaseTemplate(): string {
  const made = spawnSync(`${root}node_modules/.bin/tsx`, ['test/template.ts'], {
    cwd: root,
    encoding: 'utf8',
    timeout: 120_000,
  })
  if (made.status !== 0)
    throw new Error(`The test database could not be made, so no test ran.\n${made.stderr}`)
  return made.stdout.trim()
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
