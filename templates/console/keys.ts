import { channel, thread } from './state.ts'
import { type Step, stepOf } from './steps.ts'
import { goTo } from './sync.ts'

/** Brings the keys of `stepOf` to the cards of the page. */
export function walkByKeys(): void {
  addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.isComposing || hasModifier(event)) return
    const target = event.target instanceof Element ? event.target : document.body
    if (document.querySelector('dialog[open]')) return
    if (isEmptyLine(target) && event.key === 'Escape' && thread.value === null) {
      event.preventDefault()
      focusCard(cards().at(-1))
      return
    }
    if (target.closest('input, textarea, select')) return
    const step = stepOf(event.key, target.matches('.message'))
    if (step !== null && take(step, target)) event.preventDefault()
  })
}

function take(step: Step, target: Element): boolean {
  if (step === 'leave') {
    // An open thread closes first; its own listener does that.
    if (thread.value !== null) return false
    line()?.focus()
    return true
  }
  if (step === 'open') {
    const id = target.getAttribute('data-message')
    if (id === null || target.closest('.thread')) return false
    goTo(channel.value, thread.value === id ? null : id)
    return true
  }
  return focusCard(neighbour(step, target.closest('.message')))
}

function neighbour(step: Step, from: Element | null): Element | undefined {
  const all = cards(from?.closest('.thread') ? '.thread' : '.main')
  if (from === null) return step === 'next' ? firstInSight(all) : firstInSight(all.toReversed())
  return all[all.indexOf(from) + (step === 'next' ? 1 : -1)]
}

const cards = (where = '.main') => [...document.querySelectorAll(`${where} .message:has(.card)`)]
const line = () => document.querySelector<HTMLInputElement>('.main .composer input')

function firstInSight(all: readonly Element[]): Element | undefined {
  const frame = document.querySelector('.main .stream')?.getBoundingClientRect()
  const seen = (card: Element) => {
    const { top, bottom } = card.getBoundingClientRect()
    return frame !== undefined && bottom > frame.top + 40 && top < frame.bottom - 40
  }
  return all.find(seen) ?? all[0]
}

function focusCard(card: Element | undefined): boolean {
  if (!(card instanceof HTMLElement)) return false
  card.focus({ preventScroll: true })
  card.scrollIntoView({ block: card.offsetHeight > innerHeight * 0.6 ? 'start' : 'nearest' })
  return true
}

function isEmptyLine(target: Element): boolean {
  return target instanceof HTMLInputElement && target.matches('.main .composer input') && target.value === ''
}

const hasModifier = ({ ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent) =>
  ctrlKey || metaKey || altKey || shiftKey
