import type { run as runVerb } from '../main/verbs.ts'

/** Runs a verb. The program is loaded only now: a version, a page of help or a mistyped line is told at once without it. */
export const run: typeof runVerb = async (verb, options) => {
  const verbs = await import('../main/verbs.ts')
  await verbs.run(verb, options)
}
