import type { JSX } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import type { Form } from '../../src/chat/card.ts'
import type { Trouble } from './api.ts'
import { emptyValues, FieldView, problemOf } from './fields.tsx'
import { CloseIcon } from './icons.tsx'
import { locale } from './prefs.ts'
import { type Dialog, dialog, messageOf } from './state.ts'
import { t } from './words.ts'

/** The form a button or a command asks for, in a modal dialog. */
export function FormDialog(): JSX.Element | null {
  const open = dialog.value
  return open && <OpenForm key={open.id} open={open} />
}

function OpenForm({ open }: { open: Dialog }): JSX.Element {
  const form: Form = open.form[locale.value]
  const change = changeOf(open)
  const box = useRef<HTMLDialogElement>(null)
  const [values, setValues] = useState(() => emptyValues(form))
  const [checked, setChecked] = useState(false)
  const [busy, setBusy] = useState(false)
  /** Set before the screen can show it, so that a double click sends once. */
  const sending = useRef(false)
  const [trouble, setTrouble] = useState<Trouble | null>(null)

  useEffect(() => {
    const element = box.current
    // Focus returns to the button that opened it when the element is closed.
    element?.showModal()
    element?.querySelector<HTMLElement>('select, input, textarea')?.focus()
    return () => element?.close()
  }, [])

  function leave(): void {
    box.current?.close()
    if (dialog.value === open) dialog.value = null
  }

  async function submit(): Promise<void> {
    if (sending.current || change?.gone) return
    setChecked(true)
    const wrong = form.fields.find((field) => problemOf(field, values[field.name] ?? '') !== null)
    if (wrong) {
      box.current?.querySelector<HTMLElement>(`[name="${CSS.escape(wrong.name)}"]`)?.focus()
      return
    }
    sending.current = true
    setBusy(true)
    const failure = await open.send(values)
    sending.current = false
    setBusy(false)
    setTrouble(failure)
    if (!failure) leave()
  }

  return (
    <dialog ref={box} class="dialog" aria-labelledby="dialog-title" onCancel={leave} onClose={leave}>
      <form
        method="dialog"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
      >
        <header>
          <h2 id="dialog-title">{form.title}</h2>
          <button type="button" class="icon-button" aria-label={t('close')} onClick={leave}>
            <CloseIcon />
          </button>
        </header>
        {change && (
          <p class="dialog-change" role="status">
            {t('changedMeanwhile', { what: change.now })} {change.gone && t('goneMeanwhile')}
          </p>
        )}
        <div class="dialog-fields">
          {form.fields.map((field) => (
            <FieldView
              key={field.name}
              field={field}
              value={values[field.name] ?? ''}
              problem={checked ? problemOf(field, values[field.name] ?? '') : null}
              onChange={(value) => setValues({ ...values, [field.name]: value })}
            />
          ))}
          {trouble && (
            <div class="trouble" role="alert">
              <strong>{trouble.what[locale.value]}</strong> <span>{trouble.hint[locale.value]}</span>
            </div>
          )}
        </div>
        <footer>
          <button type="button" class="button" onClick={leave}>
            {t('cancel')}
          </button>
          <button type="submit" class="button primary" disabled={busy || change?.gone} aria-busy={busy}>
            {busy && <span class="spinner" aria-hidden="true" />}
            {busy ? t('working') : form.submit}
          </button>
        </footer>
      </form>
    </dialog>
  )
}

/** What became of the card while its form was being filled in; null while it stands as it was. */
function changeOf({ about }: Dialog): { now: string; gone: boolean } | null {
  const card = about && messageOf(about.message)?.card?.[locale.value]
  if (!card || card.version === undefined || card.version === about.version) return null
  const gone = !card.buttons.some(({ command }) => command === about.command)
  return { now: card.subtitle ?? card.title, gone }
}
