import { writeFile } from 'node:fs/promises'
import { customerMeant } from '../../commands/case/customer.ts'
import type { Context } from '../context.ts'
import { ForeshockError } from '../errors.ts'
import { shownAs } from '../judging/storms.ts'
import { COMMAND_LINE } from '../records/doer.ts'
import { text } from '../text.ts'
import type { Customer } from '../timeline/history.ts'
import type { Terminal } from './terminal.ts'

export interface PersonWords {
  /** C-12, an id of the CRM, a phone number or a name. */
  readonly person?: string
  /** Where the export goes; absent: standard output. */
  readonly file?: string
  readonly yes?: boolean
}

/** `foreshock person export C-12 [FILE]`: everything kept of one customer as JSON, for whoever asks for their data. */
export async function personExport(
  ctx: Context,
  terminal: Terminal,
  { person = '', file }: PersonWords,
): Promise<void> {
  const { id, no } = await meant(ctx, person)
  const all = (await ctx.store.person.everything(id))!
  await ctx.store.settings.note(
    `export C-${no}`,
    null,
    { to: file ?? 'standard output' },
    COMMAND_LINE,
    ctx.clock.now(),
  )
  const json = `${JSON.stringify(all, null, 2)}\n`
  if (file === undefined) return terminal.table(json)
  await writeFile(file, json, { mode: 0o600 })
  terminal.result(
    { customer: `C-${no}`, file },
    `${file}: everything kept of C-${no}. Only you may read the file.`,
  )
}

/**
 * `foreshock person erase C-12 --yes`: what one customer is known by, did and said goes; rows of theirs that come in later
 * are left out. Their cases stay without names and words, so that figures hold.
 */
export async function personErase(
  ctx: Context,
  terminal: Terminal,
  { person = '', yes = false }: PersonWords,
): Promise<void> {
  const { id, no } = await meant(ctx, person)
  const open = await ctx.store.person.openCases(id)
  if (open.length > 0) throw stillAtWork(no, open)
  if (!yes) throw notConfirmed(no)
  const now = ctx.clock.now()
  // Links that stand for what is about to change must be there first.
  await ctx.store.audit.seal(now)
  const erased = await ctx.store.transaction(async ({ person: people, settings, outbox }) => {
    const done = await people.erase(id, now)
    await settings.note(`erased C-${no}`, null, { actions: done.changed }, COMMAND_LINE, now)
    for (const shown of [...done.cases, ...done.storms.map(shownAs)])
      await outbox.redraw(shown, 'erased', now)
    return done
  })
  ctx.wake()
  // The cached histories are a copy of it all, and are brought up to date by whoever reads them.
  await ctx.scorer.history(id, now)
  const { events, voices, cases } = erased
  terminal.result(
    { customer: `C-${no}`, events, voices, cases: cases.length },
    [
      `C-${no} is erased: ${events} events and ${voices} voices are gone, ${cases.length} cases stay without names and words.`,
      'Not in our hands: the sources themselves, backups, models learned before (train anew), and what was already posted in threads or handed out in direct messages on Slack and Lark; cards there are drawn anew.',
    ].join('\n'),
  )
}

async function meant(ctx: Context, words: string): Promise<Customer> {
  return (await customerMeant(ctx, words)).customer
}

function stillAtWork(no: number, cases: readonly number[]): ForeshockError {
  const list = cases.map((each) => `A-${each}`).join(', ')
  return new ForeshockError(
    'CONFLICT',
    text(`C-${no} 还有没结案的单子：${list}。`, `C-${no} has a case that is not closed: ${list}.`),
    text('先结案（resolve），再抹除。', 'Close it first (`resolve` in the chat), then erase.'),
  )
}

function notConfirmed(no: number): ForeshockError {
  return new ForeshockError(
    'BAD_INPUT',
    text(`抹除 C-${no} 不能撤销。`, `Erasing C-${no} cannot be taken back.`),
    text(
      '确定的话加上 --yes；想先留底，用 foreshock person export。',
      'Add --yes if you are sure; `foreshock person export` writes down what there is first.',
    ),
  )
}
