/**
 * The BG/NBD model of repeat buying (Fader, Hardie and Lee 2005), the peer that marketing science would use: a customer buys at a rate of
 * their own until, after some purchase, they are gone for good.
 */

/** What the model knows of a customer: repeat purchases, time of the last one and time watched, both since the first purchase. */
export interface Buyer {
  readonly repeats: number
  readonly lastAt: number
  readonly watched: number
}

export interface BgNbd {
  readonly r: number
  readonly alpha: number
  readonly a: number
  readonly b: number
}

/** Maximum likelihood by Nelder-Mead on the logarithms of the four parameters; time in any one unit (weeks fit well). */
export function fitBgNbd(buyers: readonly Buyer[]): BgNbd {
  // Customers with the same numbers count once: the likelihood is asked for hundreds of times.
  const groups = new Map<string, { buyer: Buyer; count: number }>()
  for (const buyer of buyers) {
    const key = `${buyer.repeats}|${buyer.lastAt}|${buyer.watched}`
    const group = groups.get(key) ?? { buyer, count: 0 }
    groups.set(key, { buyer, count: group.count + 1 })
  }
  const cost = (point: readonly number[]) => {
    const model = modelOf(point)
    let sum = 0
    for (const { buyer, count } of groups.values()) sum -= count * logLikelihood(model, buyer)
    return Number.isFinite(sum) ? sum : Number.POSITIVE_INFINITY
  }
  return modelOf(nelderMead(cost, [0, 1, 0, 1]))
}

function modelOf([r = 0, alpha = 0, a = 0, b = 0]: readonly number[]): BgNbd {
  return { r: Math.exp(r), alpha: Math.exp(alpha), a: Math.exp(a), b: Math.exp(b) }
}

function logLikelihood({ r, alpha, a, b }: BgNbd, { repeats: x, lastAt, watched }: Buyer): number {
  const shared =
    logGamma(r + x) -
    logGamma(r) +
    r * Math.log(alpha) +
    logGamma(a + b) +
    logGamma(b + x) -
    logGamma(b) -
    logGamma(a + b + x)
  const stays = -(r + x) * Math.log(alpha + watched)
  if (x === 0) return shared + stays
  const leaves = Math.log(a / (b + x - 1)) - (r + x) * Math.log(alpha + lastAt)
  const larger = Math.max(stays, leaves)
  return shared + larger + Math.log(Math.exp(stays - larger) + Math.exp(leaves - larger))
}

/** Purchases expected within `horizon`, given the past (equation 10 of the paper). */
export function expectedPurchases({ r, alpha, a, b }: BgNbd, buyer: Buyer, horizon: number): number {
  const { repeats: x, lastAt, watched } = buyer
  const z = horizon / (alpha + watched + horizon)
  const shrunk = ((alpha + watched) / (alpha + watched + horizon)) ** (r + x)
  const bought = ((a + b + x - 1) / (a - 1)) * (1 - shrunk * hypergeometric(r + x, b + x, a + b + x - 1, z))
  const gone = x === 0 ? 0 : (a / (b + x - 1)) * ((alpha + watched) / (alpha + lastAt)) ** (r + x)
  return bought / (1 + gone)
}

/** Gauss's series 2F1(a, b; c; z) for 0 <= z < 1. */
function hypergeometric(a: number, b: number, c: number, z: number): number {
  let term = 1
  let sum = 1
  for (let step = 0; step < 10_000 && Math.abs(term) > 1e-12 * Math.abs(sum); step += 1) {
    term *= (((a + step) * (b + step)) / ((c + step) * (step + 1))) * z
    sum += term
  }
  return sum
}

/** Lanczos's approximation, good to about 1e-13 for positive numbers. */
export function logGamma(x: number): number {
  const parts = [
    676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406, 12.507343278686905,
    -0.13857109526572012, 9.984369578019572e-6, 1.5056327351493116e-7,
  ]
  if (x < 0.5) return logGamma(x + 1) - Math.log(x)
  const series = parts.reduce((sum, part, at) => sum + part / (x + at), 0.9999999999998099)
  const t = x + 6.5
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(series)
}

interface Corner {
  readonly point: number[]
  readonly cost: number
}

/** The lowest point near `start` of a function without slopes (Nelder and Mead 1965). */
export function nelderMead(cost: (point: readonly number[]) => number, start: readonly number[]): number[] {
  const corner = (point: number[]): Corner => ({ point, cost: cost(point) })
  const corners = [
    corner([...start]),
    ...start.map((_, moved) => corner(start.map((value, at) => (at === moved ? value + 0.5 : value)))),
  ]
  for (let step = 0; step < 600; step += 1) {
    corners.sort((p, q) => p.cost - q.cost)
    const [best, worst] = [corners[0]!, corners.at(-1)!]
    if (worst.cost - best.cost <= 1e-9 * Math.abs(best.cost)) break
    const others = corners.slice(0, -1)
    const middle = start.map(
      (_, at) => others.reduce((sum, { point }) => sum + point[at]!, 0) / others.length,
    )
    const along = (times: number) =>
      corner(middle.map((value, at) => value + times * (worst.point[at]! - value)))
    const mirrored = along(-1)
    if (mirrored.cost < best.cost) {
      const further = along(-2)
      corners[corners.length - 1] = further.cost < mirrored.cost ? further : mirrored
    } else if (mirrored.cost < others.at(-1)!.cost) corners[corners.length - 1] = mirrored
    else {
      const nearer = mirrored.cost < worst.cost ? along(-0.5) : along(0.5)
      if (nearer.cost < Math.min(mirrored.cost, worst.cost)) corners[corners.length - 1] = nearer
      else {
        const shrunk = others.slice(1).concat(worst)
        shrunk.forEach(({ point }, at) => {
          corners[at + 1] = corner(
            point.map((value, axis) => best.point[axis]! + (value - best.point[axis]!) / 2),
          )
        })
      }
    }
  }
  return corners.sort((p, q) => p.cost - q.cost)[0]!.point
}
