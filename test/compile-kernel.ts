import { readFileSync } from 'node:fs'
import asc from 'assemblyscript/asc'

const FLAGS = ['-O3', '--runtime', 'stub', '--noAssert', '--importMemory', '--enable', 'simd']

/**
 * The text of a kernel-bytes.ts: what kernel.as in a folder, and what it imports, compiles to. `test` is the test that writes it.
 */
export async function compiledKernel(folder: URL, test: string, flags: readonly string[]): Promise<string> {
  const files = new Map<string, Uint8Array>()
  const { error, stderr } = await asc.main(['kernel.ts', '--outFile', 'kernel.wasm', ...FLAGS, ...flags], {
    readFile: (name) => sourceIn(folder, name),
    writeFile: (name, contents) => {
      files.set(name, typeof contents === 'string' ? Buffer.from(contents) : contents)
    },
    listFiles: () => [],
  })
  const bytes = files.get('kernel.wasm')
  if (error || bytes === undefined) throw new Error(`kernel.as does not compile.\n${stderr.toString()}`)
  const words = Buffer.from(bytes).toString('base64')
  return `/** kernel.as compiled, as base64. Made by \`npx vitest run ${test} -u\`. */\nexport const KERNEL =\n  '${words}'\n`
}

/** What the compiler asks for as .ts; null: there is none. */
function sourceIn(folder: URL, name: string): string | null {
  try {
    return readFileSync(new URL(name.replace(/\.ts$/, '.as'), folder), 'utf8')
  } catch {
    return null
  }
}
