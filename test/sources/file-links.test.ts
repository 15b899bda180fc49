import { symlink } from 'node:fs/promises'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isExpected } from '../../src/errors.ts'
import type { SourceRecord } from '../../src/records/record.ts'
import { type Folder, HEADER, newFolder, visitRows, visits } from './folder.ts'

describe('a folder in which one file is amiss', () => {
  let folder: Folder
  beforeEach(async () => {
    folder = await newFolder()
    await folder.write('visits/b.csv', `${HEADER}\n${visitRows(3)}\n`)
  })
  afterEach(() => folder.remove())

  /** What was read before it failed, and with which words it did. */
  async function pulled(): Promise<{ records: SourceRecord[]; said: string }> {
    const records: SourceRecord[] = []
    try {
      for await (const batch of visits(folder, { path: 'visits' }).pull(null, new AbortController().signal))
        records.push(...batch.records)
    } catch (error) {
      if (isExpected(error)) return { records, said: error.explain('en') }
      throw error
    }
    return { records, said: '' }
  }

  it('a link that leads nowhere is named, and the other files are read', async () => {
    await symlink(path.join(folder.path, 'nowhere.csv'), path.join(folder.path, 'visits', 'a.csv'))
    const { records, said } = await pulled()
    expect(records).toHaveLength(3)
    expect(said).toContain('visits/a.csv does not exist')
    expect(await visits(folder, { path: 'visits' }).check()).toEqual([
      expect.stringMatching(/^shop: visits\/a\.csv does not exist\./),
    ])
  })

  it('columns without a header are said back cut short, each fault a sentence', async () => {
    await folder.write('visits/a.csv', `${'long '.repeat(400)}\n`)
    await folder.write('visits/c.csv', `${HEADER.replaceAll(',', ';')}\n`)
    const { said } = await pulled()
    expect(said.length).toBeLessThan(450)
    expect(said).toMatch(/it has: long long .*…\. visits\/c\.csv seems to separate .*`format`\. Correct the/)
  })
})
