/** What one piece of work took, in milliseconds; the processor's time counts every thread of this process. */
export interface Took {
  readonly wall: number
  readonly cpu: number
}

/** Runs everyone in turn, round after round, so that a slow minute of the machine is everyone's. Medians by name. */
export async function inTurns(
  rounds: number,
  contestants: ReadonlyMap<string, () => Promise<Took> | Took>,
): Promise<(name: string) => Took> {
  const all = new Map([...contestants.keys()].map((name) => [name, [] as Took[]]))
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, run] of contestants) all.get(name)!.push(await run())
  }
  return (name) => {
    const took = all.get(name) ?? []
    return { wall: median(took.map(({ wall }) => wall)), cpu: median(took.map(({ cpu }) => cpu)) }
  }
}

/** Times work done on this thread. */
export function timed(work: () => unknown): () => Took {
  return () => {
    const cpu = process.cpuUsage()
    const start = performance.now()
    work()
    const wall = performance.now() - start
    const { user, system } = process.cpuUsage(cpu)
    return { wall, cpu: (user + system) / 1000 }
  }
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}
