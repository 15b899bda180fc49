import { useRef, useState } from 'preact/hooks'
import type { WireHint } from '../../src/chat/console/wire.ts'
import { fetchHints } from './api.ts'

export interface Completion {
  readonly hints: readonly WireHint[]
  /** Index of the hint picked with the arrow keys; -1: none. */
  readonly at: number
  /** Asks for the hints of a line; the newest question wins. */
  ask(line: string): void
  move(step: 1 | -1): void
  close(): void
}

const WAIT_MS = 70

/** Hints for the command line. They are a convenience: a failure to get them shows nothing. */
export function useCompletion(): Completion {
  const [hints, setHints] = useState<readonly WireHint[]>([])
  const [at, setAt] = useState(-1)
  const asking = useRef<AbortController | null>(null)

  function stop(): AbortController {
    asking.current?.abort()
    asking.current = new AbortController()
    return asking.current
  }

  return {
    hints,
    at,
    ask(line) {
      const { signal } = stop()
      setTimeout(async () => {
        if (signal.aborted) return
        const found = await fetchHints(line, signal).catch(() => [])
        if (signal.aborted) return
        // A hint that would change nothing is noise.
        setHints(found.filter((hint) => hint.line.trim() !== line.trim()))
        setAt(-1)
      }, WAIT_MS)
    },
    move(step) {
      if (hints.length > 0) setAt((at + step + hints.length + (at < 0 && step < 0 ? 1 : 0)) % hints.length)
    },
    close() {
      stop()
      setHints([])
      setAt(-1)
    },
  }
}
