import { z } from 'zod'
import { column, named, ofRows } from '../row-mapping.ts'
import { variable } from '../variable.ts'

/** Rows of a database, by a query. */
export const sqlMappingSchema = ofRows({
  ...named,
  type: z.literal('sql'),
  url: variable.describe(
    'Name of the environment variable with the address, such as postgresql://user:password@host/database',
  ),
  query: z
    .string()
    .regex(
      /^(?:\s|--[^\n]*\n|\/\*[\s\S]*?\*\/|\()*(?:select|with|values|table)\b/i,
      'write a query that begins with SELECT or WITH: a source is only read',
    )
    .transform((words) => words.trim().replace(/;\s*$/, ''))
    .describe('A SELECT; its columns are what `fields` name'),
  key: column.describe('Column that names each row, unique and never empty, such as the primary key'),
  after: column
    .optional()
    .describe(
      'Column that grows whenever a row is added or changed, such as updated_at: only what lies behind the last pull is read. Without it all rows are read each time',
    ),
  overlap: z
    .number()
    .int()
    .min(0)
    .default(10)
    .describe(
      'How far back each pull reads again, for rows that were committed late: minutes where `after` is a time, else that many numbers',
    ),
  timeoutSeconds: z
    .number()
    .int()
    .min(1)
    .max(3600)
    .default(60)
    .describe('The database may take so long for each page of rows'),
})

export type SqlMapping = z.infer<typeof sqlMappingSchema>
