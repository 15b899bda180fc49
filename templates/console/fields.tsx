import type { JSX } from 'preact'
import type { Form, FormField } from '../../src/chat/card.ts'
import { ChevronIcon } from './icons.tsx'
import { t } from './words.ts'

/** Values a form opens with: what the card proposes, else nothing. A choice nobody made must not look like one. */
export function emptyValues(form: Form): Record<string, string> {
  return Object.fromEntries(form.fields.map((field) => [field.name, initial(field)]))
}

function initial(field: FormField): string {
  if (field.kind === 'select') return field.value ?? ''
  if (field.kind === 'number') return field.value === undefined ? '' : String(field.value)
  return ''
}

/** What is wrong with a value, in the reader's words; null when nothing is. */
export function problemOf(field: FormField, value: string): string | null {
  if (field.kind === 'text') return field.required && value.trim() === '' ? t('required') : null
  if (field.kind === 'select')
    return field.options.some((option) => option.value === value) ? null : t('chooseOne')
  if (value.trim() === '') return t('required')
  return Number.isFinite(Number(value)) && Number(value) >= field.min ? null : t('minimum', { n: field.min })
}

interface Props {
  readonly field: FormField
  readonly value: string
  readonly problem: string | null
  readonly onChange: (value: string) => void
}

export function FieldView({ field, value, problem, onChange }: Props): JSX.Element {
  const id = `field-${field.name}`
  const problemId = `${id}-problem`
  const common = {
    id,
    name: field.name,
    value,
    'aria-invalid': problem !== null,
    'aria-describedby': problem === null ? undefined : problemId,
  }
  const optional = field.kind === 'text' && !field.required
  return (
    <div class={`field${problem === null ? '' : ' wrong'}`}>
      <label htmlFor={id}>
        {field.label}
        {optional && <small>{t('optional')}</small>}
      </label>
      {field.kind === 'select' && (
        <span class="select">
          <select
            {...common}
            class={value === '' ? 'unchosen' : ''}
            onChange={(event) => onChange(event.currentTarget.value)}
          >
            {field.value === undefined && (
              <option value="" disabled hidden>
                {t('choose')}
              </option>
            )}
            {field.options.map((option) => (
              <option key={option.value} value={option.value}>
                {option.label}
              </option>
            ))}
          </select>
          <ChevronIcon />
        </span>
      )}
      {field.kind === 'number' && (
        <input
          {...common}
          type="number"
          inputMode="decimal"
          step="any"
          min={field.min}
          onInput={(event) => onChange(event.currentTarget.value)}
        />
      )}
      {field.kind === 'text' && !field.multiline && (
        <input
          {...common}
          type="text"
          autocomplete="off"
          required={field.required}
          placeholder={field.placeholder}
          onInput={(event) => onChange(event.currentTarget.value)}
        />
      )}
      {field.kind === 'text' && field.multiline && (
        <textarea
          {...common}
          rows={3}
          required={field.required}
          placeholder={field.placeholder}
          onInput={(event) => onChange(event.currentTarget.value)}
        />
      )}
      {problem !== null && (
        <span class="problem" id={problemId}>
          {problem}
        </span>
      )}
    </div>
  )
}
