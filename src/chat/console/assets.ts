import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { ForeshockError } from '../../errors.ts'
import { text } from '../../text.ts'

/** One file of the page, held in memory. */
export interface Asset {
  readonly url: string
  readonly type: string
  readonly body: Buffer
  readonly etag: string
}

export interface Assets {
  readonly files: readonly Asset[]
  /** The content security policy of the page: only its own files and its one import map may run. */
  readonly policy: string
}

const SCRIPT = 'text/javascript; charset=utf-8'
const FIXED = [
  { url: '/', file: 'index.html', type: 'text/html; charset=utf-8' },
  { url: '/favicon.svg', file: 'favicon.svg', type: 'image/svg+xml' },
]

/**
 * Reads the page's files once, so that a request can only ever name one of them.
 * `root` is the package's folder. Throws ForeshockError CONFIG_MISSING when the page is not built.
 */
export async function loadAssets(root: string): Promise<Assets> {
  const page = path.join(root, 'templates/console')
  const compiled = path.join(root, 'dist/templates/console')
  const scripts = await readdir(compiled).catch((): string[] => [])
  if (!scripts.includes('main.js')) throw notBuilt()
  const styles = (await readdir(page)).filter((name) => name.endsWith('.css'))

  const files = await Promise.all([
    ...FIXED.map(({ url, file, type }) => asset(url, path.join(page, file), type)),
    ...styles.map((name) => asset(`/page/${name}`, path.join(page, name), 'text/css; charset=utf-8')),
    ...scripts
      .filter((name) => name.endsWith('.js'))
      .map((name) => asset(`/page/${name}`, path.join(compiled, name), SCRIPT)),
    ...libraries().map(({ url, file }) => asset(url, file, SCRIPT)),
  ])
  return { files, policy: policyFor(files[0]!.body.toString('utf8')) }
}

/** The only files of node_modules the page gets; index.html's import map names the same addresses. */
function libraries(): { url: string; file: string }[] {
  const require = createRequire(import.meta.url)
  const signals = require.resolve('@preact/signals')
  const core = createRequire(signals).resolve('@preact/signals-core')
  return [
    { url: '/modules/preact.js', file: require.resolve('preact') },
    { url: '/modules/preact-hooks.js', file: require.resolve('preact/hooks') },
    { url: '/modules/preact-jsx-runtime.js', file: require.resolve('preact/jsx-runtime') },
    // require() finds the CommonJS build; the module build lies beside it.
    { url: '/modules/signals.js', file: path.join(path.dirname(signals), 'signals.mjs') },
    { url: '/modules/signals-core.js', file: path.join(path.dirname(core), 'signals-core.mjs') },
  ]
}

async function asset(url: string, file: string, type: string): Promise<Asset> {
  const body = await readFile(file)
  return { url, type, body, etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"` }
}

/** Scripts run from our own files and the import map alone; Trusted Types forbid turning text into markup. */
export function policyFor(html: string): string {
  const inline = [...html.matchAll(/<script type="importmap">([\s\S]*?)<\/script>/g)]
  const hashes = inline.map(([, body]) => `'sha256-${createHash('sha256').update(body!).digest('base64')}'`)
  return [
    "default-src 'none'",
    `script-src 'self' ${hashes.join(' ')}`.trim(),
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ')
}

function notBuilt(): ForeshockError {
  return new ForeshockError(
    'CONFIG_MISSING',
    text(
      '控制台页面还没有编译：缺 dist/templates/console/main.js。',
      'The console page is not built: dist/templates/console/main.js is missing.',
    ),
    text('请运行 npm run build。', 'Run "npm run build".'),
  )
}
