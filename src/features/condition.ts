import { checkExpression } from './expression.ts'
import type { Tree } from './expression-tree.ts'

const TRUTHS: ReadonlySet<string> = new Set(['<', '<=', '>', '>=', '=', '!=', 'and', 'or'])

/**
 * True when an expression asks something, so that its value is 1, 0 or unknown; false when it is a number, even where that
 * number happens to be 1. Throws BAD_INPUT (see checkExpression).
 */
export function isCondition(source: string, known: Iterable<string>): boolean {
  return asks(checkExpression(source, known).tree)
}

function asks(tree: Tree): boolean {
  switch (tree.type) {
    case 'not':
      return true
    case 'binary':
      return TRUTHS.has(tree.operator)
    case 'call':
      if (tree.call === 'known') return true
      if (tree.call === 'if') return tree.args.slice(1).every(asks)
      return tree.call === 'coalesce' && asks(tree.args[0]!)
    default:
      return false
  }
}
