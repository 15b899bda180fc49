import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { Mark, WarnIcon } from './icons.tsx'
import { locale } from './prefs.ts'
import { announcement, channel, connection, lists, type phase, progress } from './state.ts'
import { t } from './words.ts'

/** What the page says about itself: connection, start-up, sign-in. */

export function Banner(): JSX.Element | null {
  if (connection.value === 'live') return null
  return (
    <div class="banner" role="alert">
      <WarnIcon />
      <span>{t('lost')}</span>
    </div>
  )
}

export function StartProgress(): JSX.Element | null {
  const now = progress.value
  if (!now) return null
  const label = now.label[locale.value]
  const percent = now.share === null ? undefined : Math.round(now.share * 100)
  // Later the same bar tells of pulls, scorings and models that are learned.
  const isFirstStart = (lists.value.get(channel.value)?.messages ?? []).length === 0
  return (
    <div class="start-progress" data-part="progress">
      <div class="start-progress-words">
        <span class="spinner" aria-hidden="true" />
        <span class="start-progress-label">{label}</span>
        {percent !== undefined && <span class="start-progress-share">{percent}%</span>}
      </div>
      <progress aria-label={label} max={100} value={percent} />
      {isFirstStart && <p>{t('startingAbout')}</p>}
    </div>
  )
}

/** The whole page while there is nothing to show yet. */
export function Gate({ phase: now }: { phase: typeof phase.value }): JSX.Element {
  return (
    <main class="gate">
      <Mark />
      {now === 'loading' && <p role="status">{t('loading')}</p>}
      {now === 'unreachable' && (
        <div role="alert">
          <h1>{t('unreachableTitle')}</h1>
          <p>{t('unreachableAbout')}</p>
        </div>
      )}
      {now === 'signed-out' && <SignIn />}
    </main>
  )
}

function SignIn(): JSX.Element {
  const [token, setToken] = useState('')
  return (
    <form action="/login" method="get" class="sign-in">
      <h1>{t('signInTitle')}</h1>
      <p>{t('signInAbout')}</p>
      <label>
        {t('token')}
        <input
          name="token"
          type="password"
          autocomplete="current-password"
          value={token}
          onInput={(event) => setToken(event.currentTarget.value)}
        />
      </label>
      <button type="submit" class="button primary" disabled={token === ''}>
        {t('signIn')}
      </button>
    </form>
  )
}

/** New messages for people who listen instead of looking. */
export function Announcer(): JSX.Element {
  return (
    <div class="visually-hidden" aria-live="polite" role="status">
      {announcement.value}
    </div>
  )
}
