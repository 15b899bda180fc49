import { expect, test } from 'vitest'
import { compiledKernel } from '../compile-kernel.ts'

// By itself: it must run where the bytes are broken.
test('the bytes shipped are what the source compiles to', async () => {
  const folder = new URL('../../src/voice/kernel/', import.meta.url)
  const compiled = await compiledKernel(folder, 'test/voice/kernel-bytes.test.ts', [])
  await expect(compiled).toMatchFileSnapshot('../../src/voice/kernel/kernel-bytes.ts')
})
