import type { JSX } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import type { WireMessage } from '../../src/chat/console/wire.ts'
import { discardPending, dismissNote, openRow, pressButton, runLine, say, sendPending } from './actions.ts'
import { Avatar, nameOf } from './avatar.tsx'
import { CardView } from './card.tsx'
import { CloseIcon, LockIcon, WarnIcon } from './icons.tsx'
import { locale } from './prefs.ts'
import { me, type Note, type Pending } from './state.ts'
import { t } from './words.ts'

/** An answer only the asker sees, under the message it answers. */
export function NoteView({ note, message }: { note: Note; message: WireMessage | null }): JSX.Element {
  const { card, trouble, place, since } = note
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => box.current?.scrollIntoView({ block: 'nearest' }), [])
  return (
    <div class="note-frame" ref={box} role={trouble ? 'alert' : 'status'}>
      <div class="note-head">
        {trouble ? <WarnIcon /> : <LockIcon />}
        <span>{t('onlyYou')}</span>
        <button
          type="button"
          class="icon-button small"
          aria-label={t('dismissNote')}
          onClick={() => dismissNote(note.id)}
        >
          <CloseIcon />
        </button>
      </div>
      {trouble && (
        <div class="trouble">
          <strong>{trouble.what[locale.value]}</strong> <span>{trouble.hint[locale.value]}</span>
        </div>
      )}
      {card && (
        <CardView
          card={card[locale.value]}
          owner={message?.id ?? note.id}
          since={since}
          onButton={(index) =>
            message
              ? pressButton(message, card, index, locale.value)
              : runLine(place, card, index, locale.value)
          }
          onRow={(words) => void (message ? openRow(message, words) : say(place, words))}
        />
      )}
    </div>
  )
}

/** A line that was typed and not yet answered. */
export function PendingView({ line }: { line: Pending }): JSX.Element {
  const author = me.value?.id ?? ''
  return (
    <article class={`message pending${line.trouble ? ' failed' : ''}`}>
      <div class="message-side">
        <Avatar author={author} />
      </div>
      <div class="message-body">
        <div class="message-head">
          <strong>{nameOf(author)}</strong>
          {line.trouble ? (
            <span class="pending-state">{t('failed')}</span>
          ) : (
            <span class="pending-state" role="status">
              <span class="spinner" aria-hidden="true" /> {t('working')}
            </span>
          )}
        </div>
        <p class="line">{line.line}</p>
        {line.trouble && (
          <div class="pending-choice" role="alert">
            <span>{line.trouble.what[locale.value]}</span>
            <button type="button" class="button" onClick={() => void sendPending(line.request)}>
              {t('retry')}
            </button>
            <button type="button" class="button quiet" onClick={() => discardPending(line.request)}>
              {t('cancel')}
            </button>
          </div>
        )}
      </div>
    </article>
  )
}
