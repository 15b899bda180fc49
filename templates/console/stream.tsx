import type { JSX } from 'preact'
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { WireMessage } from '../../src/chat/console/wire.ts'
import { say } from './actions.ts'
import { isAll } from './case-filter.ts'
import { DownIcon, QuietTrace } from './icons.tsx'
import { MessageView } from './message.tsx'
import { NoteView, PendingView } from './notes.tsx'
import { channel, filter, me, notes, pending, progress, shown } from './state.ts'
import { loadOlder } from './sync.ts'
import { dayKey, dayName } from './time.ts'
import { t } from './words.ts'
import { loadOlderCases, showAll } from './worklist.ts'

const NEAR_END = 96
const SAME_BREATH_MS = 5 * 60_000
const SUGGESTIONS = ['top 20', 'mine', 'help']

/**
 * The open channel's messages, newest at the end. All of them open at the end and stay there while the reader is
 * there; a filtered list is work to be done and opens at its beginning, where the oldest case waits.
 */
export function Stream(): JSX.Element {
  const box = useRef<HTMLDivElement>(null)
  const filtered = !isAll(filter.value)
  const atEnd = useRef(!filtered)
  const last = useRef<string | null>(null)
  const [behind, setBehind] = useState(false)
  const place = { channel: channel.value, thread: null }
  const loaded = shown.value
  const messages = loaded?.messages ?? []
  const mine = notes.value.filter(
    (note) => note.place.channel === place.channel && note.place.thread === null,
  )
  const waiting = pending.value.filter(
    (line) => line.place.channel === place.channel && line.place.thread === null,
  )
  const newest = messages.at(-1)?.id ?? null
  const tail = `${newest} ${waiting.length} ${mine.length}`

  // What the reader just said, and the answer meant for them alone, is what they want to see.
  const own = waiting.length + mine.filter(({ under }) => under === null).length
  const ownBefore = useRef(0)
  useLayoutEffect(() => {
    if (own > ownBefore.current) toEnd()
    ownBefore.current = own
  }, [own])

  useLayoutEffect(() => {
    const isFresh = last.current !== null && newest !== last.current
    if (atEnd.current && isFresh && isAnswerTo(me.value?.id, messages)) toAnswer()
    else if (atEnd.current) toEnd()
    else if (last.current !== null && newest !== last.current) setBehind(true)
    last.current = newest
  }, [tail])

  // Neither a card that grows (fonts, an edit) nor a notice above the stream may push the end out of sight.
  useLayoutEffect(() => {
    const inner = box.current?.firstElementChild
    if (!inner) return
    const watcher = new ResizeObserver(() => atEnd.current && toEnd())
    watcher.observe(inner)
    watcher.observe(box.current!)
    return () => watcher.disconnect()
  }, [])

  function toEnd(): void {
    const element = box.current
    if (element) element.scrollTop = element.scrollHeight
    setBehind(false)
  }

  /** An answer that is taller than the window is read from its question on. */
  function toAnswer(): void {
    toEnd()
    const element = box.current
    const [question] = [...(element?.querySelectorAll<HTMLElement>('.stream-inner > div') ?? [])].slice(
      messages.length - 2,
    )
    if (!element || !question) return
    const top = question.getBoundingClientRect().top - element.getBoundingClientRect().top
    if (top >= 0) return
    element.scrollTop += top
    atEnd.current = false
  }

  function scrolled(): void {
    const element = box.current
    if (!element) return
    atEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_END
    if (atEnd.current) setBehind(false)
  }

  async function older(): Promise<void> {
    const element = box.current
    const height = element?.scrollHeight ?? 0
    await (filtered ? loadOlderCases() : loadOlder(place.channel))
    // What was being read stays where it was.
    requestAnimationFrame(() => {
      if (element) element.scrollTop += element.scrollHeight - height
    })
  }

  return (
    <div class="stream-frame">
      <div
        class="stream"
        ref={box}
        onScroll={scrolled}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region needs focus to be scrolled by keys
        tabIndex={0}
        role="log"
        aria-label={t('message')}
        aria-live="off"
        aria-keyshortcuts="J K"
      >
        <div class={`stream-inner${filtered ? ' filtered' : ''}`}>
          {loaded?.more && <OlderButton load={older} />}
          {loaded && messages.length === 0 && own === 0 && (
            <Empty channel={place.channel} filtered={filtered} />
          )}
          {!loaded && <Skeleton />}
          {messages.map((message, index) => {
            const before = messages[index - 1]
            const newDay = !before || dayKey(before.at) !== dayKey(message.at)
            const follows =
              !newDay &&
              before.author === message.author &&
              !before.card &&
              !message.card &&
              apart(before.at, message.at) < SAME_BREATH_MS
            return (
              <div key={message.id}>
                {newDay && <DayLine at={message.at} />}
                <MessageView message={message} follows={follows} inThread={false} />
                {mine
                  .filter(({ under }) => under === message.id)
                  .map((note) => (
                    <NoteView key={note.id} note={note} message={message} />
                  ))}
              </div>
            )
          })}
          {mine
            .filter(({ under }) => under === null)
            .map((note) => (
              <NoteView key={note.id} note={note} message={null} />
            ))}
          {waiting.map((line) => (
            <PendingView key={line.request} line={line} />
          ))}
        </div>
      </div>
      {behind && (
        <button type="button" class="jump" onClick={toEnd}>
          <DownIcon /> {t('jumpToNew')}
        </button>
      )}
    </div>
  )
}

/** True when the newest message answers what this person just said, its question right before it. */
function isAnswerTo(person: string | undefined, messages: readonly WireMessage[]): boolean {
  const [question, answer] = messages.slice(-2)
  return (
    question !== undefined && question.author === person && question.line !== null && answer?.card !== null
  )
}

const apart = (a: string, b: string) => Math.abs(new Date(b).getTime() - new Date(a).getTime())

function DayLine({ at }: { at: string }): JSX.Element {
  return (
    <div class="day-line">
      <span>{dayName(at)}</span>
    </div>
  )
}

function OlderButton({ load }: { load: () => Promise<void> }): JSX.Element {
  const [busy, setBusy] = useState(false)
  async function click(): Promise<void> {
    setBusy(true)
    await load().catch(() => undefined)
    setBusy(false)
  }
  return (
    <button type="button" class="button older" disabled={busy} onClick={() => void click()}>
      {busy ? t('loading') : t('older')}
    </button>
  )
}

function Empty({ channel: id, filtered }: { channel: string; filtered: boolean }): JSX.Element {
  if (filtered) {
    return (
      <div class="empty">
        <QuietTrace />
        <h2>{t('filteredEmpty')}</h2>
        <div class="empty-suggestions">
          <button type="button" class="button" onClick={() => showAll(id)}>
            {t('showAllMessages')}
          </button>
        </div>
      </div>
    )
  }
  if (progress.value) {
    return (
      <div class="empty starting">
        <QuietTrace />
        <p>{t('starting')}</p>
      </div>
    )
  }
  return (
    <div class="empty">
      <QuietTrace />
      <h2>{t('emptyTitle')}</h2>
      <p>{t('emptyAbout')}</p>
      <div class="empty-suggestions">
        {SUGGESTIONS.map((line) => (
          <button
            key={line}
            type="button"
            class="button mono"
            onClick={() => void say({ channel: id, thread: null }, line)}
          >
            {line}
          </button>
        ))}
      </div>
    </div>
  )
}

function Skeleton(): JSX.Element {
  return (
    <div class="skeleton" role="status" aria-label={t('loading')}>
      <i />
      <i />
      <i />
    </div>
  )
}
