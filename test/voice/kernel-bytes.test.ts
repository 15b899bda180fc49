import { expect, test } from 'vitest'
import { compiledKernel } from '../compile-kernel.ts'

// By itself: it must run where the bytes are broken.
test('the bytes shipped are what the source compiles to', async () => {
  const folder = new URL('../../src/voice/kernel/', import.meta.url)
  const sources = { folder, names: ['kernel'], test: 'test/voice/kernel-bytes.test.ts' }
  const compiled = await compiledKernel(sources)
  await expect(compiled).toMatchFileSnapshot('../../src/voice/kernel/kernel-bytes.ts')
})
