import type { Clock } from '../../clock.ts'
import type { Health } from './socket.ts'

/** Getting to know each other: asked until Lark answers. */
export interface Meeting {
  /** Resolves after the first attempt. */
  start(): Promise<void>
  stop(): void
  /** Where Lark calls us and there is no connection to look at, being connected means that it answered. */
  health(): Health
}

export function openMeeting(meet: () => Promise<void>, clock: Clock, pauseMs = 15_000): Meeting {
  let health: Health = { connected: false, since: null, trouble: null }
  let timer: NodeJS.Timeout | null = null
  let stopped = false
  const tell = (connected: boolean, trouble: string | null = null): void => {
    const since = connected === health.connected && health.since !== null ? health.since : clock.now()
    health = { connected, since, trouble }
  }
  const attempt = async (): Promise<void> => {
    try {
      await meet()
      tell(true)
    } catch (error) {
      tell(false, (error as Error).message)
      if (stopped) return
      timer = setTimeout(() => void attempt(), pauseMs)
      timer.unref()
    }
  }
  return {
    start: () => {
      stopped = false
      return attempt()
    },
    stop: () => {
      stopped = true
      if (timer !== null) clearTimeout(timer)
      tell(false)
    },
    health: () => health,
  }
}
