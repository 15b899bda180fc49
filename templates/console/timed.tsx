import type { JSX } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import type { Button } from '../../src/chat/card.ts'
import { secondsLeft } from './seconds-left.ts'
import { t } from './words.ts'

/** The seconds that are left of a button, counted down while it is on screen. */
export function useSecondsLeft(button: Button, since: number | null): number | null {
  const [left, setLeft] = useState(() => secondsLeft(button, since, performance.now()))
  const over = left === null || left === 0
  useEffect(() => {
    if (over) return
    const count = setInterval(() => setLeft(secondsLeft(button, since, performance.now())), 500)
    return () => clearInterval(count)
  }, [over, since, button.seconds])
  return left
}

/** Beside a button's label; screen readers are spared the counting. */
export function Countdown({ left }: { left: number }): JSX.Element {
  return (
    <span class="countdown" aria-hidden="true">
      {t('secondsLeft', { n: left })}
    </span>
  )
}
