import { useComputed } from '@preact/signals'
import type { JSX } from 'preact'
import type { WireMessage } from '../../src/chat/console/wire.ts'
import { openRow, pressButton } from './actions.ts'
import { Avatar, nameOf } from './avatar.tsx'
import { CardView } from './card.tsx'
import { LockIcon, ThreadIcon } from './icons.tsx'
import { locale } from './prefs.ts'
import { fresh, thread } from './state.ts'
import { arrivedAt, goTo } from './sync.ts'
import { dayName, timeOfDay } from './time.ts'
import { t } from './words.ts'

interface Props {
  readonly message: WireMessage
  /** Said by the same author a moment after the line above: no second name and face. */
  readonly follows: boolean
  readonly inThread: boolean
  /** The message a thread hangs on, shown folded above it. */
  readonly head?: boolean
}

export function MessageView({ message, follows, inThread, head = false }: Props): JSX.Element {
  const { id, author, at, card, line, editedAt, onlyFor } = message
  // Computed, so that among hundreds of messages only those concerned are drawn again.
  const isFresh = useComputed(() => fresh.value.has(id)).value
  const isOpen = useComputed(() => thread.value === id).value
  const classes = ['message', follows ? 'follows' : '', isFresh ? 'fresh' : '', isOpen ? 'open' : '']
  return (
    <article
      class={classes.filter(Boolean).join(' ')}
      data-message={id}
      aria-label={nameOf(author)}
      tabIndex={-1}
    >
      <div class="message-side">{!follows && <Avatar author={author} />}</div>
      <div class="message-body">
        {!follows && (
          <div class="message-head">
            <strong>{nameOf(author)}</strong>
            <time dateTime={at} title={`${dayName(at)} ${timeOfDay(at)}`}>
              {inThread ? `${dayName(at)} ${timeOfDay(at)}` : timeOfDay(at)}
            </time>
            {card && editedAt && <span class="edited">{`${t('edited')} ${timeOfDay(editedAt)}`}</span>}
            {onlyFor !== null && (
              <span class="only-you">
                <LockIcon />
                {t('onlyYou')}
              </span>
            )}
          </div>
        )}
        {line !== null && <p class="line">{line}</p>}
        {card && (
          <CardView
            card={card[locale.value]}
            owner={id}
            compact={head}
            since={arrivedAt(id)}
            onButton={(index) => pressButton(message, card, index, locale.value)}
            onRow={(words) => void openRow(message, words)}
          />
        )}
        {!inThread && message.thread === null && <ThreadLink message={message} open={isOpen} />}
      </div>
    </article>
  )
}

function ThreadLink({ message, open }: { message: WireMessage; open: boolean }): JSX.Element | null {
  const { id, channel, replies, card } = message
  // Cases are talked about; an answer to a question is not, unless somebody did.
  if (card?.zh.version === undefined && replies === 0) return null
  const words = replies === 0 ? t('thread') : replies === 1 ? t('reply') : t('replies', { n: replies })
  return (
    <button
      type="button"
      class={`thread-link${replies > 0 ? ' has-replies' : ''}`}
      aria-expanded={open}
      onClick={() => goTo(channel, open ? null : id)}
    >
      <ThreadIcon />
      {words}
    </button>
  )
}
