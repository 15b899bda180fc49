import { z } from 'zod'
import { clean } from '../../text.ts'
import type { Deed } from '../inbound.ts'
import { readJson } from '../json.ts'
import type { submissionSchema } from './reads.ts'

/** callback_id of the forms that commands ask for, and of the message shortcut with its own form. */
export const FORM = 'form'
export const ADD_TO_CASE = 'add-to-case'
/** action_id of every input; its block is named after the field. */
export const VALUE = 'value'

/** Where a form was asked for; it travels in the view and comes back with the values. */
const fromSchema = z.object({
  channel: z.string().max(100).nullable(),
  message: z.string().max(100).nullable(),
  thread: z.string().max(100).nullable(),
  responseUrl: z.string().max(500).nullable(),
})
export type AskedFrom = z.output<typeof fromSchema>

const metadataSchema = z.object({
  from: fromSchema,
  command: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/),
  args: z.string().max(2_000),
  version: z.number().int().nonnegative().nullable(),
})

export type FormMetadata = z.output<typeof metadataSchema>

/** What a sent form says; null: not one of ours. */
export function readSubmitted(
  view: z.output<typeof submissionSchema>['view'],
): { readonly from: AskedFrom; readonly did: Deed } | null {
  const known = metadataSchema.safeParse(readJson(view.private_metadata))
  if (!known.success) return null
  const { from, command, args, version } = known.data
  const form: Record<string, string> = {}
  for (const [name, inputs] of Object.entries(view.state.values)) {
    const given = inputs[VALUE]
    const value = given?.selected_option?.value ?? given?.value
    if (typeof value === 'string') form[name] = clean(value)
  }
  if (view.callback_id === ADD_TO_CASE) {
    // Quotes hold a name of several words together. Whoever is named is meant, even beside a chosen case.
    const who = (form['customer'] ?? '').replaceAll('"', ' ').trim()
    const customer = who === '' ? (form['case'] ?? '') : who.includes(' ') ? `"${who}"` : who
    return { from, did: { kind: 'say', line: `heard ${customer} ${form['words'] ?? ''}`.trim() } }
  }
  if (view.callback_id !== FORM) return null
  return { from, did: { kind: 'press', command, args, form, version } }
}
