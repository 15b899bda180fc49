import { readFileSync } from 'node:fs'
import asc from 'assemblyscript/asc'

const SOURCES = ['kernel', 'score'].map(
  (name) =>
    [`${name}.ts` as string, new URL(`../../src/learning/trees/${name}.as`, import.meta.url)] as const,
)

/** The text of src/learning/trees/kernel-bytes.ts: what kernel.as and score.as compile to. */
export async function compiledKernel(): Promise<string> {
  const sources = new Map(SOURCES.map(([name, url]) => [name, readFileSync(url, 'utf8')]))
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
    [...sources.keys(), '--outFile', 'kernel.wasm', ...flags, '--enable', 'threads', '--enable', 'simd'],
    {
      readFile: (name) => sources.get(name) ?? null,
      writeFile: (name, contents) => {
        files.set(name, typeof contents === 'string' ? Buffer.from(contents) : contents)
      },
      listFiles: () => [],
    },
  )
  const bytes = files.get('kernel.wasm')
  if (error || bytes === undefined) throw new Error(`kernel.as does not compile.\n${stderr.toString()}`)
  const words = Buffer.from(bytes).toString('base64')
  return `/** kernel.as and score.as compiled, as base64. Made by \`npx vitest run test/learning/kernel.test.ts -u\`. */\nexport const KERNEL =\n  '${words}'\n`
}
