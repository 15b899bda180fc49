import { ForeshockError } from '../errors.ts'
import { nearest } from '../nearest.ts'
import type { Text } from '../text.ts'
import { checkExpression } from './expression.ts'

/** One sentence when a name is used that does not exist, with the one that was probably meant. */
export function lacking(
  path: string,
  name: string | undefined,
  known: ReadonlySet<string>,
  what: string,
): string[] {
  if (name === undefined || known.has(name)) return []
  const near = nearest(name, known)
  return [`${path}: no ${what} "${name}". ${near === null ? `Declare it first.` : `Did you mean "${near}"?`}`]
}

/** Sentences with `{feature}` in them: every name must exist. */
export function saysProblems(path: string, says: Text, known: ReadonlySet<string>): string[] {
  return (['zh', 'en'] as const).flatMap((locale) =>
    [...says[locale].matchAll(/\{([^}]*)\}/g)].flatMap((match) =>
      lacking(`${path}.${locale}`, match[1], known, 'feature'),
    ),
  )
}

/** What is wrong with an expression; null when it reads. */
export function expressionProblem(path: string, source: string, known: readonly string[]): string[] | null {
  try {
    checkExpression(source, known)
    return null
  } catch (error) {
    if (!(error instanceof ForeshockError)) throw error
    return [`${path}: ${error.explain('en')}`]
  }
}
