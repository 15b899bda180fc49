/** Runs several pieces of work in turn, so that a busy machine is busy for all of them; medians of each. */
export async function alternate(
  rounds: number,
  work: readonly (() => Promise<number> | number)[],
): Promise<number[]> {
  const found = work.map(() => [] as number[])
  for (let round = 0; round < rounds; round += 1)
    for (const [index, run] of work.entries()) found[index]!.push(await run())
  return found.map((each) => each.sort((a, b) => a - b)[Math.floor(each.length / 2)]!)
}

/** CPU seconds a piece of work took in this process, all its threads together. */
export async function cpuSeconds(work: () => unknown): Promise<number> {
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1e6
}

/** Wall seconds a piece of work took. */
export async function wallSeconds(work: () => unknown): Promise<number> {
  const before = performance.now()
  await work()
  return (performance.now() - before) / 1e3
}
