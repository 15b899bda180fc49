import { batch } from '@preact/signals'
import type { Button, CardTexts, Form } from '../../src/chat/card.ts'
import type { WireAnswer, WireMessage } from '../../src/chat/console/wire.ts'
import type { Locale } from '../../src/text.ts'
import { newRequest, postClock, postPerson, postPress, postSay, type Trouble, troubleOf } from './api.ts'
import { secondsLeft } from './seconds-left.ts'
import type { Dialog, Note, Pending, Place } from './state.ts'
import * as state from './state.ts'
import { adopt, listen } from './sync.ts'
import { showAll } from './worklist.ts'

/** What a reader can do. Each returns when the server has answered; trouble is shown, never thrown. */

type Values = Readonly<Record<string, string>>

export async function say(place: Place, line: string): Promise<void> {
  const request = newRequest()
  if (place.thread === null) showAll(place.channel)
  state.pending.value = [...state.pending.value, { request, place, line, trouble: null }]
  await sendPending(request)
}

/** Sends a waiting line; the same request id makes sure that it acts once however often it is sent. */
export async function sendPending(request: string): Promise<void> {
  const waiting = state.pending.value.find((each) => each.request === request)
  if (!waiting) return
  const { place, line } = waiting
  setPending(request, { ...waiting, trouble: null })
  try {
    const answer = await postSay({ ...place, line, request })
    setPending(request, null)
    take(answer, place, null, null, (words, form) => sayWithForm(place, words, form))
  } catch (error) {
    const trouble = troubleOf(error)
    if (trouble.code === 'OFFLINE') setPending(request, { ...waiting, trouble })
    else {
      setPending(request, null)
      addNote({ place, under: null, card: null, trouble })
    }
  }
}

export function discardPending(request: string): void {
  setPending(request, null)
}

async function sayWithForm(place: Place, line: string, form: Values): Promise<Trouble | null> {
  try {
    const answer = await postSay({ ...place, line, request: newRequest(), form })
    take(answer, place, null, null, (words, values) => sayWithForm(place, words, values))
    return null
  } catch (error) {
    return troubleOf(error)
  }
}

/** A button of a message's card. `forms` are set when it asks for something first. */
export function pressButton(message: WireMessage, card: CardTexts, index: number, language: Locale): void {
  const button = card[language].buttons[index]
  if (!button) return
  const forms = formsOf(card, index, button)
  if (!forms) {
    void runPress(message, button.command, button.args)
    return
  }
  state.dialog.value = {
    id: newRequest(),
    about: aboutOf(message, button.command),
    form: forms,
    send: (values) => press(message, button.command, button.args, values),
  }
}

/** A table row's command, e.g. "show C-12". */
export function openRow(message: WireMessage, words: string): Promise<void> {
  const { command, args } = state.readLine(words)
  return runPress(message, command, args)
}

/** Buttons and rows of a private answer belong to no kept message, so they run as a typed line. */
export function runLine(place: Place, card: CardTexts, index: number, language: Locale): void {
  const button = card[language].buttons[index]
  if (!button) return
  const line = `${button.command} ${button.args}`.trim()
  const forms = formsOf(card, index, button)
  if (forms)
    state.dialog.value = {
      id: newRequest(),
      about: null,
      form: forms,
      send: (values) => sayWithForm(place, line, values),
    }
  else void say(place, line)
}

async function runPress(message: WireMessage, command: string, args: string): Promise<void> {
  const trouble = await press(message, command, args, null)
  if (trouble) addNote({ place: placeOf(message), under: message.id, card: null, trouble })
}

async function press(
  message: WireMessage,
  command: string,
  args: string,
  form: Values | null,
): Promise<Trouble | null> {
  const key = state.buttonKey(message.id, command, args)
  if (state.pressed.value.has(key)) return null
  state.pressed.value = state.withMember(state.pressed.value, key, true)
  try {
    const answer = await postPress({ message: message.id, command, args, form, request: newRequest() })
    take(answer, placeOf(message), message, aboutOf(message, command), (words, values) => {
      const { command: name, args: rest } = state.readLine(words)
      return press(message, name, rest, values)
    })
    return null
  } catch (error) {
    return troubleOf(error)
  } finally {
    state.pressed.value = state.withMember(state.pressed.value, key, false)
  }
}

type Resend = (line: string, form: Values) => Promise<Trouble | null>

function take(
  answer: WireAnswer,
  place: Place,
  under: WireMessage | null,
  about: Dialog['about'],
  resend: Resend,
): void {
  batch(() => {
    if (answer.note) addNote({ place, under: under?.id ?? null, card: answer.note, trouble: null })
    if (!answer.form) return
    const { form, command, args } = answer.form
    state.dialog.value = {
      id: newRequest(),
      about,
      form,
      send: (values) => resend(`${command} ${args}`.trim(), values),
    }
  })
}

export async function actAs(person: string): Promise<void> {
  if (!begin('person')) return
  try {
    const session = await postPerson(person)
    adopt(session)
    listen()
  } catch (error) {
    addNote({ place: currentPlace(), under: null, card: null, trouble: troubleOf(error) })
  } finally {
    end('person')
  }
}

export async function moveClock(wish: { hours: number } | { play: boolean }): Promise<void> {
  if (!begin('clock')) return
  try {
    state.clock.value = await postClock(wish)
  } catch (error) {
    addNote({ place: currentPlace(), under: null, card: null, trouble: troubleOf(error) })
  } finally {
    end('clock')
  }
}

/** What may be asked once at a time: a double click on "+1 day" is one day. */
const underWay = new Set<string>()
const begin = (what: string): boolean => !underWay.has(what) && underWay.add(what).has(what)
const end = (what: string): void => void underWay.delete(what)

export function dismissNote(id: string): void {
  state.notes.value = state.notes.value.filter((note) => note.id !== id)
}

/** One note under each message: the newest. Trouble leaves standing what can still be pressed, to try it again. */
function addNote(note: Omit<Note, 'id' | 'since'>): void {
  const replaced = (each: Note) =>
    each.under !== null && each.under === note.under && state.samePlace(each.place, note.place)
  const earlier =
    note.card === null ? state.notes.value.find((each) => replaced(each) && isOfUse(each)) : undefined
  const kept = state.notes.value.filter((each) => !replaced(each))
  const { card, since } = earlier ?? { card: note.card, since: performance.now() }
  state.notes.value = [...kept, { ...note, card, since, id: newRequest() }].slice(-20)
}

const isOfUse = ({ card, since }: Note): boolean =>
  (card?.zh.buttons ?? []).some((button) => (secondsLeft(button, since, performance.now()) ?? 0) > 0)

function setPending(request: string, next: Pending | null): void {
  state.pending.value = state.pending.value.flatMap((each) =>
    each.request !== request ? [each] : next ? [next] : [],
  )
}

function formsOf(card: CardTexts, index: number, button: Button): Record<Locale, Form> | null {
  if (!button.form) return null
  return { zh: card.zh.buttons[index]?.form ?? button.form, en: card.en.buttons[index]?.form ?? button.form }
}

const aboutOf = ({ id, card }: WireMessage, command: string): Dialog['about'] =>
  card?.zh.version === undefined ? null : { message: id, command, version: card.zh.version }

const placeOf = (message: WireMessage): Place => ({ channel: message.channel, thread: message.thread })
const currentPlace = (): Place => ({ channel: state.channel.value, thread: null })
