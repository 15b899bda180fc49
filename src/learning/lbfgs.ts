/** Value and gradient (written into `gradient`) of a smooth function at a point. */
export type Slope = (point: Float64Array, gradient: Float64Array) => number

/** Pairs of steps remembered: enough for a few hundred unknowns. */
const MEMORY = 10
const MOST_STEPS = 300
const MOST_HALVINGS = 40

/**
 * The lowest point of a convex function by L-BFGS with backtracking, from zero. Ends when every slope is below `tolerance` or the
 * function falls no further. `between` is awaited before each step.
 */
export async function lowest(
  size: number,
  slope: Slope,
  tolerance: number,
  between: (step: number) => Promise<void>,
): Promise<Float64Array> {
  let point = new Float64Array(size)
  let gradient = new Float64Array(size)
  let value = slope(point, gradient)
  const memory: Pair[] = []
  for (let step = 0; step < MOST_STEPS; step += 1) {
    if (gradient.every((part) => Math.abs(part) <= tolerance)) break
    await between(step)
    const direction = downhill(gradient, memory)
    const fall = dot(direction, gradient)
    let length = memory.length === 0 ? 1 / Math.max(1, Math.sqrt(dot(gradient, gradient))) : 1
    const next = new Float64Array(size)
    const nextGradient = new Float64Array(size)
    let nextValue = Number.POSITIVE_INFINITY
    for (let halving = 0; halving < MOST_HALVINGS; halving += 1, length /= 2) {
      for (let at = 0; at < size; at += 1) next[at] = point[at]! + length * direction[at]!
      nextValue = slope(next, nextGradient)
      if (nextValue <= value + 1e-4 * length * fall) break
    }
    if (!(nextValue < value)) break
    remember(memory, next, point, nextGradient, gradient)
    const gained = value - nextValue
    point = next
    gradient = nextGradient
    value = nextValue
    if (gained <= 1e-8 * Math.abs(value)) break
  }
  return point
}

/** One step taken, and how the gradient changed over it. */
interface Pair {
  readonly moved: Float64Array
  readonly turned: Float64Array
  readonly scale: number
}

function remember(
  memory: Pair[],
  next: Float64Array,
  point: Float64Array,
  nextGradient: Float64Array,
  gradient: Float64Array,
): void {
  const moved = next.map((value, at) => value - point[at]!)
  const turned = nextGradient.map((value, at) => value - gradient[at]!)
  const bend = dot(moved, turned)
  if (bend <= 1e-12 * dot(turned, turned)) return
  memory.push({ moved, turned, scale: 1 / bend })
  if (memory.length > MEMORY) memory.shift()
}

/** The two-loop recursion: the gradient through an estimate of the inverse curvature, turned downhill. */
function downhill(gradient: Float64Array, memory: readonly Pair[]): Float64Array {
  const direction = gradient.map((part) => -part)
  const shares: number[] = []
  for (let at = memory.length - 1; at >= 0; at -= 1) {
    const { moved, turned, scale } = memory[at]!
    shares[at] = scale * dot(moved, direction)
    add(direction, turned, -shares[at]!)
  }
  const newest = memory.at(-1)
  if (newest !== undefined) {
    const factor = 1 / (newest.scale * dot(newest.turned, newest.turned))
    for (let at = 0; at < direction.length; at += 1) direction[at]! *= factor
  }
  memory.forEach(({ moved, turned, scale }, at) => {
    add(direction, moved, shares[at]! - scale * dot(turned, direction))
  })
  return direction
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let at = 0; at < a.length; at += 1) sum += a[at]! * b[at]!
  return sum
}

function add(to: Float64Array, what: Float64Array, times: number): void {
  for (let at = 0; at < to.length; at += 1) to[at]! += times * what[at]!
}
