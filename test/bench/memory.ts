import { readFileSync } from 'node:fs'
import { median } from './rounds.ts'

/** A process and all that it has started. */
function family(pid: number): number[] {
  try {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean)
    return [pid, ...children.flatMap((child) => family(Number(child)))]
  } catch {
    return [pid]
  }
}

function sumOver(pid: number, of: (one: number) => number): number {
  try {
    return family(pid).reduce((sum, one) => sum + of(one), 0)
  } catch {
    return Number.NaN
  }
}

/** Megabytes of memory a process and its children hold; NaN where the system does not tell. */
export function residentMb(pid: number): number {
  return sumOver(pid, (one) => {
    const [, own = 'NaN'] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${one}/status`, 'utf8')) ?? []
    return Number(own) / 1_024
  })
}

/** Ticks of the processor's clock a second, as Linux counts them for programs. */
const TICKS = 100

/** Processor seconds a process and its children have used; NaN where the system does not tell. */
export function processorSeconds(pid: number): number {
  return sumOver(pid, (one) => {
    // Its name comes first, in brackets, and may hold anything.
    const [, rest = ''] = /\) (.*)$/m.exec(readFileSync(`/proc/${one}/stat`, 'utf8')) ?? []
    const [user, system] = rest.split(' ').slice(11, 13)
    return (Number(user) + Number(system)) / TICKS
  })
}

/** Looks at a process's memory every half second until it is stopped; gives all that was seen, in MB. */
export function watchMemory(pid: number): { stop(): readonly number[] } {
  const seen = [residentMb(pid)]
  const looking = setInterval(() => seen.push(residentMb(pid)), 500)
  return {
    stop: () => {
      clearInterval(looking)
      return seen
    },
  }
}

/** How much more the last fifth holds than the second one, when all had been loaded; per cent. */
export function growthOf(seen: readonly number[]): number {
  const fifth = Math.max(1, Math.floor(seen.length / 5))
  const settled = median(seen.slice(fifth, 2 * fifth))
  return ((median(seen.slice(-fifth)) - settled) / settled) * 100
}
