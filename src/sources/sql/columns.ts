import { type Text, text } from '../../text.ts'
import { columnProblems } from '../columns.ts'
import { mappedColumns } from '../row.ts'
import type { Column } from './dialect.ts'
import type { SqlMapping } from './mapping.ts'

/** Everything that keeps the mapping from being applied to what the query gives, one finding each. */
export function queryProblems(columns: readonly Column[], mapping: SqlMapping): Text[] {
  const json = new Set(columns.filter(({ kind }) => kind === 'json').map(({ name }) => name))
  // A dotted path looks into a JSON column.
  const wanted = mappedColumns(mapping).map((name) => {
    const [head] = name.split('.', 1)
    return json.has(head!) ? head! : name
  })
  const { key, after } = mapping
  const needed = new Set([...wanted, key, ...(after === undefined ? [] : [after])])
  const names = columns.map(({ name }) => name)
  return columnProblems(names, [...needed]).map(ofQuery)
}

/** What is said of what the query gives. */
export function ofQuery({ zh, en }: Text): Text {
  return text(`查询结果${zh}`, `the query ${en}`)
}
