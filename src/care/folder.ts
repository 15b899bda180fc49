import { mkdir, open, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { ChatFault } from '../chat/fault.ts'

/**
 * Puts a file where a mailing tool looks for some: written whole beside its place, under a name that tools pass over,
 * and then moved, so that nobody reads half of it. The same name twice is one file.
 *
 * @throws ChatFault
 */
export async function putCare(folder: string, name: string, text: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true })
    const beside = join(folder, `.${name}.part`)
    // Names and numbers of customers: for whoever runs the program, and their group.
    const file = await open(beside, 'w', 0o640)
    try {
      await file.writeFile(text)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(beside, join(folder, name))
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'failed'
    throw new ChatFault('unavailable', `the folder for care cannot be written to (${code})`)
  }
}
