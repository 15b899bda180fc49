import type { JSX } from 'preact'
import { moveClock } from './actions.ts'
import { MenuIcon, PauseIcon, PlayIcon } from './icons.tsx'
import { locale } from './prefs.ts'
import { clock, here, railOpen, unreadTotal } from './state.ts'
import { fullDay, timeOfDay } from './time.ts'
import { t } from './words.ts'

export function Header(): JSX.Element {
  return (
    <header class="header">
      <button
        type="button"
        class="icon-button menu-button narrow-only"
        aria-label={t('menu')}
        aria-controls="rail"
        aria-expanded={railOpen.value}
        onClick={() => (railOpen.value = !railOpen.value)}
      >
        <MenuIcon />
        {unreadTotal.value > 0 && <span class="dot" />}
      </button>
      <div class="header-words">
        <h1>{here.value?.title[locale.value]}</h1>
        <p>{here.value?.about[locale.value]}</p>
      </div>
      <DemoClock />
    </header>
  )
}

/** Only in demo mode: the date people act on, and the way to move it. */
function DemoClock(): JSX.Element | null {
  const now = clock.value
  if (!now) return null
  return (
    <section class={`demo-clock${now.busy ? ' busy' : ''}`} aria-label={t('demoClock')}>
      <span class="demo-now">
        {now.busy ? (
          <span class="spinner" aria-hidden="true" />
        ) : (
          <span class={`pulse${now.playing ? ' on' : ''}`} aria-hidden="true" />
        )}
        <time dateTime={now.now}>
          <span>{fullDay(now.now)}</span> <strong>{timeOfDay(now.now)}</strong>
        </time>
      </span>
      <span class="visually-hidden" role="status">
        {now.busy ? t('working') : ''}
      </span>
      <span class="demo-buttons">
        <button
          type="button"
          disabled={now.busy}
          aria-label={t('advanceHour')}
          title={t('advanceHour')}
          onClick={() => void moveClock({ hours: 1 })}
        >
          +1 {t('hour')}
        </button>
        <button
          type="button"
          disabled={now.busy}
          aria-label={t('advanceDay')}
          title={t('advanceDay')}
          onClick={() => void moveClock({ hours: 24 })}
        >
          +1 {t('day')}
        </button>
        <button
          type="button"
          aria-label={now.playing ? t('pause') : t('play')}
          title={now.playing ? t('pause') : t('play')}
          aria-pressed={now.playing}
          onClick={() => void moveClock({ play: !now.playing })}
        >
          {now.playing ? <PauseIcon /> : <PlayIcon />}
        </button>
      </span>
    </section>
  )
}
