import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { PACKAGE_ROOT } from '../../src/paths.ts'
import { hold, lockFolder } from '../../src/store/lock.ts'

describe('the lock of a data folder', () => {
  let folder: string
  let holder: ChildProcess | null = null

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'foreshock-lock-'))
  })
  afterEach(() => {
    holder?.kill('SIGKILL')
    holder = null
    rmSync(folder, { recursive: true, force: true })
  })

  /** A second process that takes the lock and keeps it; resolves once it has. */
  const holdElsewhere = async (): Promise<ChildProcess> => {
    const lock = JSON.stringify(join(PACKAGE_ROOT, 'src/store/lock.ts'))
    const script = `import { lockFolder } from ${lock}
      await lockFolder(${JSON.stringify(folder)}); console.log('held'); setInterval(() => {}, 1000)`
    const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
      cwd: PACKAGE_ROOT,
    })
    const said = await Promise.race([once(child.stdout, 'data'), once(child.stderr, 'data')])
    expect(String(said[0]).trim()).toBe('held')
    return child
  }

  it('refuses a second process in one sentence that names the first, and is free after kill -9', async () => {
    holder = await holdElsewhere()
    await expect(lockFolder(folder)).rejects.toMatchObject({
      code: 'DATA_LOCKED',
      message: `The data folder ${folder} is in use by process ${holder.pid}.`,
      hint: expect.stringContaining('Stop that process first'),
    })
    holder.kill('SIGKILL')
    await once(holder, 'exit')
    const release = await lockFolder(folder)
    await release()
  })

  it('holds within one process too, under any name of the folder, until it is released', async () => {
    const release = await lockFolder(folder)
    await expect(lockFolder(`${folder}/../${folder.split('/').at(-1)}`)).rejects.toThrow(/in use by process/)
    await release()
    await (await lockFolder(folder))()
  })

  it('where sockets are files, takes over one that a killed process left and respects one that answers', async () => {
    const address = join(folder, 'lock.sock')
    const script = `require('node:net').createServer().listen(${JSON.stringify(address)}, () => process.kill(process.pid, 'SIGKILL'))`
    await once(spawn(process.execPath, ['-e', script]), 'exit')
    const server = (await hold(address))!
    expect(await hold(address)).toBeNull()
    server.close()
    await expect(hold(join(folder, 'missing', 'lock.sock'))).rejects.toThrow(/ENOENT|EACCES/)
    const other = createServer().listen(0)
    other.close()
  })
})
