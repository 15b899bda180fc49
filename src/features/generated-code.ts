/** Functions by the code they were made of. */
type Made = Map<string, unknown>

const known = new WeakMap<ReadonlyMap<string, unknown>, Made>()

/** So many are remembered: far more than all profiles and plans of a company have. */
const MOST = 4_096

/**
 * What generated code returns, which reads `called` by name. The same code is made once: a function made anew would start
 * slowly each time it is needed, for it is only translated well once it has run for a while.
 */
export function madeFrom<T>(code: string, called: ReadonlyMap<string, unknown>): T {
  let made = known.get(called)
  if (made === undefined || made.size >= MOST) {
    made = new Map()
    known.set(called, made)
  }
  let one = made.get(code)
  if (one === undefined) {
    one = new Function(...called.keys(), code)(...called.values())
    made.set(code, one)
  }
  return one as T
}
