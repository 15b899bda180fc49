import { type Stage, sourceSuite, type Visit } from '../suites/source.ts'
import { newFolder, visits } from './folder.ts'
import { openSalesforceVisits } from './vendors/visits.ts'
import { workbook } from './workbook.ts'

const FIELDS = { id: 'id', customer: { crm: 'who' }, kind: { value: 'visit' }, at: 'date', amount: 'paid' }
const HEAD = ['id', 'who', 'date', 'paid']

type Write = (rows: readonly (readonly string[])[]) => string | Buffer

async function openFiles(name: string, write: Write): Promise<Stage> {
  const folder = await newFolder()
  const rows = new Map<string, Visit>()
  return {
    source: () => visits(folder, { fields: FIELDS, path: name }),
    lost: () => visits(folder, { fields: FIELDS, path: 'gone.csv' }),
    put: async (more) => {
      for (const row of more) rows.set(row.id, row)
      const cells = [...rows.values()].map(({ id, date, paid }) => [id, 'C1', date, paid])
      await folder.write(name, write([HEAD, ...cells]))
    },
    empty: async () => rows.clear(),
    close: folder.remove,
  }
}

sourceSuite('a file', () => openFiles('visits.csv', (rows) => rows.map((row) => row.join()).join('\n')))
sourceSuite('a workbook', () => openFiles('visits.xlsx', (rows) => workbook({ Visits: rows })))
sourceSuite('a vendor', openSalesforceVisits)
