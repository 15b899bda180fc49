import { type Field, type Found, Search, type Task } from './search.ts'
import type { Rules } from './split.ts'

/** Those who search for splits: one thread or several. Whoever they are, they find the same. */
export interface Crew {
  search(task: Task, columns: readonly number[], rules: Rules): Found
  dismiss(): Promise<void>
}

/** Gathers a crew of so many threads, the caller's among them. */
export type Hire = (field: Field, threads: number) => Promise<Crew>

/** Who may help with a training, and with how many threads, the trainer's own among them. */
export interface Helpers {
  readonly hire: Hire
  readonly threads: number
}

/** The caller's thread does all itself. */
export const alone: Hire = async (field) => {
  const search = new Search(field, 0, field.words)
  return { search: (task, columns, rules) => search.run(task, columns, rules), dismiss: async () => {} }
}

export const NOBODY: Helpers = { hire: alone, threads: 1 }
