import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Example } from '../../src/voice/sentiment-rows.ts'
import { Peer } from '../bench/peer.ts'

/** scikit-learn's usual reader of moods, on the same rows; null where it is not installed. */
export async function askSklearn(
  taught: readonly Example[],
  held: readonly Example[],
): Promise<{ right: number; macroF1: number } | null> {
  const folder = await mkdtemp(join(tmpdir(), 'foreshock-sentiment-'))
  const peer = new Peer('sentiment.py')
  try {
    const [train, test] = [join(folder, 'train'), join(folder, 'test')]
    const lines = (rows: readonly Example[]) =>
      rows.map(({ text, label }) => JSON.stringify({ text, label })).join('\n')
    await writeFile(train, lines(taught))
    await writeFile(test, lines(held))
    const answer = (await peer.ask({ train, test })) as
      | { right: number; macroF1: number }
      | { missing: string }
      | null
    return answer === null || 'missing' in answer ? null : answer
  } finally {
    await peer.close()
    await rm(folder, { recursive: true })
  }
}
