import type { JSX } from 'preact'
import { Composer } from './composer.tsx'
import { FilterBar, UrgentNotice } from './filter.tsx'
import { FormDialog } from './form.tsx'
import { Header } from './header.tsx'
import { Announcer, Banner, Gate, StartProgress } from './notices.tsx'
import { Rail } from './rail.tsx'
import { channel, phase, railOpen, shownKey, thread } from './state.ts'
import { Stream } from './stream.tsx'
import { ThreadPanel } from './thread.tsx'
import { t } from './words.ts'

export function App(): JSX.Element {
  if (phase.value !== 'ready') return <Gate phase={phase.value} />
  const classes = ['shell', railOpen.value ? 'rail-open' : '', thread.value ? 'thread-open' : '']
  return (
    <div class={classes.filter(Boolean).join(' ')}>
      <Rail />
      <button
        type="button"
        class="scrim"
        aria-label={t('close')}
        tabIndex={-1}
        onClick={() => (railOpen.value = false)}
      />
      <main class="main">
        <Header />
        <StartProgress />
        <Banner />
        <FilterBar />
        <UrgentNotice />
        <Stream key={shownKey.value} />
        <Composer key={`composer ${channel.value}`} place={{ channel: channel.value, thread: null }} />
      </main>
      {thread.value !== null && <ThreadPanel key={thread.value} id={thread.value} />}
      <FormDialog />
      <Announcer />
    </div>
  )
}
