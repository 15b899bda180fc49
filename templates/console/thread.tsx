import type { JSX } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { Composer } from './composer.tsx'
import { BackIcon, CloseIcon } from './icons.tsx'
import { MessageView } from './message.tsx'
import { NoteView, PendingView } from './notes.tsx'
import { locale } from './prefs.ts'
import { channel, here, notes, parent, pending, replies } from './state.ts'
import { goTo } from './sync.ts'
import { t } from './words.ts'

/** One message and what was said about it, beside the stream (over it on a phone). */
export function ThreadPanel({ id }: { id: string }): JSX.Element {
  const box = useRef<HTMLDivElement>(null)
  const above = parent.value
  const place = { channel: channel.value, thread: id }
  const mine = notes.value.filter((note) => note.place.thread === id)
  // Beside the stream such an answer is seen under the card itself; over it, it would be hidden.
  const underHead = notes.value.filter(({ under, place }) => under === id && place.thread === null)
  const waiting = pending.value.filter((line) => line.place.thread === id)
  const count = replies.value.length
  const close = () => goTo(channel.value, null)

  useLayoutEffect(() => {
    const element = box.current
    if (element && count > 0) element.scrollTop = element.scrollHeight
  }, [count, waiting.length, mine.length])

  useLayoutEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented && !document.querySelector('dialog[open]'))
        close()
    }
    addEventListener('keydown', listen)
    return () => {
      removeEventListener('keydown', listen)
      backToCard(id)
    }
  }, [])

  return (
    <aside class="thread" aria-label={t('thread')}>
      <header class="thread-head">
        <button
          type="button"
          class="icon-button thread-back narrow-only"
          aria-label={t('back')}
          onClick={close}
        >
          <BackIcon />
        </button>
        <div class="header-words">
          <h2>{t('thread')}</h2>
          <p>{`# ${here.value?.title[locale.value] ?? ''}`}</p>
        </div>
        <button
          type="button"
          class="icon-button thread-close wide-only"
          aria-label={t('close')}
          onClick={close}
        >
          <CloseIcon />
        </button>
      </header>
      <div class="thread-scroll" ref={box}>
        {above && <MessageView message={above} follows={false} inThread head />}
        {above &&
          underHead.map((note) => (
            <div key={note.id} class="narrow-only">
              <NoteView note={note} message={above} />
            </div>
          ))}
        <div class="thread-count">
          <span>{count === 0 ? t('thread') : count === 1 ? t('reply') : t('replies', { n: count })}</span>
        </div>
        {count === 0 && waiting.length === 0 && <p class="thread-empty">{t('noReplies')}</p>}
        {replies.value.map((message) => (
          <MessageView key={message.id} message={message} follows={false} inThread />
        ))}
        {mine.map((note) => (
          <NoteView
            key={note.id}
            note={note}
            message={replies.value.find((each) => each.id === note.under) ?? null}
          />
        ))}
        {waiting.map((line) => (
          <PendingView key={line.request} line={line} />
        ))}
      </div>
      <Composer place={place} />
    </aside>
  )
}

/** Whoever closes a thread goes on where they opened it, unless they have gone elsewhere. */
function backToCard(id: string): void {
  if (document.activeElement !== document.body) return
  const link = document.querySelector<HTMLElement>(`.main [data-message="${CSS.escape(id)}"] .thread-link`)
  link?.focus({ preventScroll: true })
}
