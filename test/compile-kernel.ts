import { readFileSync } from 'node:fs'
import asc from 'assemblyscript/asc'

const FLAGS = ['-O3', '--runtime', 'stub', '--noAssert', '--importMemory', '--enable', 'simd']

/** What is compiled together, and how. */
interface Sources {
  readonly folder: URL
  /** Files without their `.as`; what they import is found. */
  readonly names: readonly string[]
  readonly flags?: readonly string[]
  /** The test that writes what comes of it. */
  readonly test: string
}

/** The text of a kernel-bytes.ts. */
export async function compiledKernel({ folder, names, flags = [], test }: Sources): Promise<string> {
  const files = new Map<string, Uint8Array>()
  const { error, stderr } = await asc.main(
    [...names.map((name) => `${name}.ts`), '--outFile', 'kernel.wasm', ...FLAGS, ...flags],
    {
      readFile: (name) => sourceIn(folder, name),
      writeFile: (name, contents) => {
        files.set(name, typeof contents === 'string' ? Buffer.from(contents) : contents)
      },
      listFiles: () => [],
    },
  )
  const bytes = files.get('kernel.wasm')
  const sources = names.map((name) => `${name}.as`).join(' and ')
  if (error || bytes === undefined) throw new Error(`${sources} does not compile.\n${stderr.toString()}`)
  const words = Buffer.from(bytes).toString('base64')
  return `/** ${sources} compiled, as base64. Made by \`npx vitest run ${test} -u\`. */\nexport const KERNEL =\n  '${words}'\n`
}

/** What the compiler asks for as .ts; null: there is none. */
function sourceIn(folder: URL, name: string): string | null {
  try {
    return readFileSync(new URL(name.replace(/\.ts$/, '.as'), folder), 'utf8')
  } catch {
    return null
  }
}
