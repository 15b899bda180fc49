import { readFileSync } from 'node:fs'

/** Megabytes of memory a process and its children hold; NaN where the system does not tell. */
export function residentMb(pid: number): number {
  try {
    const [, own = 'NaN'] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean)
    return children.reduce((sum, child) => sum + residentMb(Number(child)), Number(own) / 1_024)
  } catch {
    return Number.NaN
  }
}
