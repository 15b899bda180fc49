import type { JSX, TargetedKeyboardEvent } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import type { WireHint } from '../../src/chat/console/wire.ts'
import { say } from './actions.ts'
import { useCompletion } from './completion.ts'
import { rememberLine, typedLines } from './history.ts'
import { SendIcon } from './icons.tsx'
import { locale } from './prefs.ts'
import type { Place } from './state.ts'
import { t } from './words.ts'

/** The command line. Tab or Enter takes a hint, Up brings back earlier lines, "/" anywhere comes here. */
export function Composer({ place }: { place: Place }): JSX.Element {
  const input = useRef<HTMLInputElement>(null)
  const [line, setLine] = useState('')
  /** How many lines back in the history; 0: a new one. */
  const [back, setBack] = useState(0)
  const completion = useCompletion()
  const { hints, at } = completion
  const listId = `hints-${place.thread ?? 'channel'}`

  useEffect(() => {
    // On a phone the keyboard would cover what has just been opened.
    if (matchMedia('(hover: hover)').matches) input.current?.focus()
    if (place.thread === null) return onSlash(() => input.current?.focus())
  }, [])

  function write(next: string): void {
    setLine(next)
    setBack(0)
    if (next.trim() === '') completion.close()
    else completion.ask(next)
  }

  function take(hint: WireHint): void {
    write(hint.line)
    input.current?.focus()
  }

  function send(): void {
    const words = line.trim()
    if (words === '') return
    rememberLine(words)
    setLine('')
    setBack(0)
    completion.close()
    void say(place, words)
  }

  function recall(steps: number): void {
    const lines = typedLines()
    const next = Math.min(Math.max(0, steps), lines.length)
    setBack(next)
    setLine(next === 0 ? '' : (lines.at(-next) ?? ''))
    completion.close()
  }

  function pressed(event: TargetedKeyboardEvent<HTMLInputElement>): void {
    // While an input method is composing, its keys are not ours.
    if (event.isComposing) return
    const open = hints.length > 0
    const act = actionOf(event.key, { open, picked: at >= 0, inHistory: back > 0, empty: line === '' })
    if (!act || event.shiftKey || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    if (act === 'take') take(hints[Math.max(0, at)]!)
    else if (act === 'send') send()
    else if (act === 'close') completion.close()
    else if (act === 'list') completion.ask(line)
    else if (act === 'up' || act === 'down') completion.move(act === 'up' ? -1 : 1)
    else recall(act === 'older' ? back + 1 : back - 1)
  }

  const placeholder = place.thread === null ? t('placeholder') : t('replyPlaceholder')
  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      {hints.length > 0 && (
        <div class="hints" id={listId} role="listbox" aria-label={t('hints')}>
          {hints.map((hint, index) => (
            <div
              key={hint.line}
              id={`${listId}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === at}
              // Before blur, so that the line keeps the focus.
              onPointerDown={(event) => {
                event.preventDefault()
                take(hint)
              }}
            >
              <span class="hint-label">{hint.label[locale.value]}</span>
              <span class="hint-detail">{hint.detail[locale.value]}</span>
              {(index === at || (at < 0 && index === 0)) && <kbd>Tab</kbd>}
            </div>
          ))}
        </div>
      )}
      <div class="composer-line">
        <span class="prompt" aria-hidden="true">
          ›
        </span>
        <input
          ref={input}
          value={line}
          placeholder={placeholder}
          aria-label={placeholder}
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          role="combobox"
          aria-autocomplete="list"
          aria-expanded={hints.length > 0}
          aria-controls={listId}
          aria-activedescendant={at >= 0 ? `${listId}-${at}` : undefined}
          onInput={(event) => write(event.currentTarget.value)}
          onKeyDown={pressed}
          onBlur={completion.close}
        />
        <button type="submit" class="send" aria-label={t('send')} disabled={line.trim() === ''}>
          <SendIcon />
        </button>
      </div>
    </form>
  )
}

type KeyAction = 'take' | 'send' | 'close' | 'list' | 'up' | 'down' | 'older' | 'newer'

/** What a key means: pure, so that the rules can be read in one place. */
function actionOf(
  key: string,
  { open, picked, inHistory, empty }: { open: boolean; picked: boolean; inHistory: boolean; empty: boolean },
): KeyAction | null {
  if (key === 'Enter') return picked ? 'take' : 'send'
  if (key === 'Tab') return open ? 'take' : null
  if (key === 'Escape') return open ? 'close' : null
  if (key === 'ArrowUp') return open ? 'up' : empty || inHistory ? 'older' : null
  if (key === 'ArrowDown') return open ? 'down' : inHistory ? 'newer' : 'list'
  return null
}

function onSlash(go: () => void): () => void {
  const listen = (event: KeyboardEvent) => {
    const typing = event.target instanceof Element && event.target.closest('input, textarea, select, dialog')
    if (event.key !== '/' || typing || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    go()
  }
  addEventListener('keydown', listen)
  return () => removeEventListener('keydown', listen)
}
