import type { Command } from '../src/command.ts'
import type { Context } from '../src/context.ts'
import { text } from '../src/text.ts'
import type { LexiconEntry } from '../src/voice/entry.ts'
import {
  type AddedTerm,
  changedEntries,
  LEXICON_SETTING,
  type LexiconChange,
  readChanges,
  termKey,
} from '../src/voice/lexicon-changes.ts'
import { LEXICON_PAGE, type LexiconLine, lexiconCard } from '../templates/lexicon.ts'
import { answer } from './case/move.ts'
import { pageOf } from './case/page.ts'
import { hitLines, lexiconChanges, presentLexicon } from './words/lexicon.ts'
import { withAdded, withClass, withoutClass, withRemoved } from './words/lexicon-edit.ts'
import { type LexiconWords, parseLexicon } from './words/lexicon-words.ts'

export const lexicon: Command<LexiconWords> = {
  name: 'lexicon',
  summary: text(
    '流失用语：查看、增加、停用，或试一句话会命中什么',
    'Churn words: list, add or remove them, or try a sentence',
  ),
  usage: 'lexicon [list | add CLASS WORD | remove WORD | test SENTENCE | class add|remove ID]',
  role: 'admin',
  takes: 'lexicon',
  parse: parseLexicon,
  run: async (ctx, request) => {
    const { args, by } = request
    const { terms } = ctx.voice
    switch (args.act) {
      case 'list': {
        const all = linesOf(ctx, await lexiconChanges(ctx))
        const wanted = termKey(args.like)
        const fitting = all.filter(({ term }) => termKey(term).includes(wanted))
        const { rows, page, pages, total } = pageOf(fitting, args.page, LEXICON_PAGE)
        return answer(ctx, request, lexiconCard, { kind: 'list', like: args.like, rows, page, pages, total })
      }
      case 'test': {
        const hits = hitLines(args.sentence, await presentLexicon(ctx))
        return answer(ctx, request, lexiconCard, { kind: 'test', sentence: args.sentence, hits })
      }
      case 'add':
        return answer(ctx, request, lexiconCard, {
          kind: 'added',
          ...(await add(ctx, by.id, args)),
        })
      case 'remove':
        await change(ctx, by.id, (changes) => withRemoved(terms, changes, args.term))
        return answer(ctx, request, lexiconCard, { kind: 'removed', term: args.term })
      case 'class-add':
        await change(ctx, by.id, (changes) => withClass(changes, args.own))
        return answer(ctx, request, lexiconCard, { kind: 'class-added', own: args.own })
      case 'class-remove':
        await change(ctx, by.id, (changes) => withoutClass(changes, args.id))
        return answer(ctx, request, lexiconCard, { kind: 'class-removed', id: args.id })
    }
  },
}

/** Adds a term, and says how it stands in the list then. */
async function add(
  ctx: Context,
  by: string,
  { act: _, ...added }: AddedTerm & { act: 'add' },
): Promise<LexiconLine> {
  const { terms } = ctx.voice
  await change(ctx, by, (changes) => withAdded(terms, changes, added))
  const changes = await lexiconChanges(ctx)
  const entry = changedEntries(terms, changes).find(({ term }) => termKey(term) === termKey(added.term))
  return lineOf(entry!, 'added')
}

function change(
  ctx: Context,
  by: string,
  edit: (changes: readonly LexiconChange[]) => readonly LexiconChange[],
): Promise<void> {
  const now = ctx.clock.now()
  return ctx.store.transaction(async (tables) => {
    const edited = edit(readChanges(await tables.settings.forUpdate(LEXICON_SETTING)))
    await tables.settings.set(LEXICON_SETTING, edited.length === 0 ? null : edited, by, now)
  })
}

/** What was changed comes first: added terms, those switched off, then the others as shipped. */
function linesOf(ctx: Context, changes: readonly LexiconChange[]): LexiconLine[] {
  const { terms } = ctx.voice
  const off = new Set(changes.flatMap((each) => ('off' in each ? [termKey(each.term)] : [])))
  const shipped = new Set<unknown>(terms)
  const present = changedEntries(terms, changes)
  return [
    ...present.filter((entry) => !shipped.has(entry)).map((entry) => lineOf(entry, 'added')),
    ...terms.filter(({ term }) => off.has(termKey(term))).map((entry) => lineOf(entry, 'off')),
    ...present.filter((entry) => shipped.has(entry)).map((entry) => lineOf(entry, 'shipped')),
  ]
}

function lineOf(
  { term, class: wordClass, own, severity, aliases }: LexiconEntry,
  origin: LexiconLine['origin'],
): LexiconLine {
  const others = origin === 'added' ? (aliases ?? []) : []
  return { term, wordClass, own: own ?? null, severity: severity ?? null, others, origin }
}
