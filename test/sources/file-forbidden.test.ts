import { chmod } from 'node:fs/promises'
import path from 'node:path'
import { expect, it } from 'vitest'
import { newFolder, pull, visits } from './folder.ts'

it('a file that may not be read fails its source in one sentence', async () => {
  const folder = await newFolder()
  await folder.write('visits.csv', 'order_no,customer_id,date,paid\n')
  await chmod(path.join(folder.path, 'visits.csv'), 0)
  await chmod(folder.path, 0o755)
  // Root may read everything: for a moment this process is nobody.
  const root = process.getuid?.() === 0
  if (root) process.seteuid?.(65_534)
  try {
    // Where the check before reading asks for the real user (access(2) does), reading itself is refused.
    await expect(pull(visits(folder))).rejects.toMatchObject({
      code: 'SOURCE_FAILED',
      message: expect.stringMatching(/may not be read|permission denied/),
    })
  } finally {
    if (root) process.seteuid?.(0)
    await folder.remove()
  }
})
