import { readFileSync } from 'node:fs'
import asc from 'assemblyscript/asc'

const SOURCE = new URL('../../src/learning/trees/kernel.as', import.meta.url)

/** The text of src/learning/trees/kernel-bytes.ts: what kernel.as compiles to. */
export async function compiledKernel(): Promise<string> {
  const source = readFileSync(SOURCE, 'utf8')
  const flags = [
    '-O3',
    '--runtime',
    'stub',
    '--noAssert',
    '--importMemory',
    '--sharedMemory',
    '--maximumMemory',
    '65536',
  ]
  const files = new Map<string, Uint8Array>()
  const { error, stderr } = await asc.main(
    ['kernel.ts', '--outFile', 'kernel.wasm', ...flags, '--enable', 'threads', '--enable', 'simd'],
    {
      readFile: (name) => (name === 'kernel.ts' ? source : null),
      writeFile: (name, contents) => {
        files.set(name, typeof contents === 'string' ? Buffer.from(contents) : contents)
      },
      listFiles: () => [],
    },
  )
  const bytes = files.get('kernel.wasm')
  if (error || bytes === undefined) throw new Error(`kernel.as does not compile.\n${stderr.toString()}`)
  const words = Buffer.from(bytes).toString('base64')
  return `/** kernel.as compiled, as base64. Made by \`npx vitest run test/learning/kernel.test.ts -u\`. */\nexport const KERNEL =\n  '${words}'\n`
}
