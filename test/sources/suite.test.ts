import { type Stage, sourceSuite, type Visit } from '../suites/source.ts'
import { newFolder, visits } from './folder.ts'

sourceSuite('a file', async (): Promise<Stage> => {
  const folder = await newFolder()
  const rows = new Map<string, Visit>()
  const fields = { id: 'id', customer: { crm: 'who' }, kind: { value: 'visit' }, at: 'date', amount: 'paid' }
  return {
    source: () => visits(folder, { fields }),
    lost: () => visits(folder, { fields, path: 'gone.csv' }),
    put: async (more) => {
      for (const row of more) rows.set(row.id, row)
      const lines = [...rows.values()].map(({ id, date, paid }) => `${id},C1,${date},${paid}`)
      await folder.write('visits.csv', `id,who,date,paid\n${lines.join('\n')}\n`)
    },
    empty: async () => rows.clear(),
    close: folder.remove,
  }
})
