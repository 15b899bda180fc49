import type { Command, Reply, Request } from '../src/command.ts'
import type { Context } from '../src/context.ts'
import { ForeshockError } from '../src/errors.ts'
import { stormView } from '../src/judging/storm-view.ts'
import { shownAs } from '../src/judging/storms.ts'
import { mayActAs } from '../src/records/person.ts'
import {
  refusesClaim,
  refusesClose,
  refusesTakingBack,
  STORM_CAUSES,
  type Storm,
  type StormCause,
  type StormChange,
  type StormRefusal,
} from '../src/sentinel/storm.ts'
import { clip, text } from '../src/text.ts'
import { stormCard } from '../templates/storm.ts'
import { closeStormForm, stormNote, stormRefused, stormsCard } from '../templates/storm-notes.ts'
import { writeLike } from '../templates/usage.ts'
import { answer, LONGEST_NOTE, nameOf } from './case/move.ts'

export type StormAct = 'show' | 'claim' | 'close' | 'undo'
/** `no` null: the list. */
export interface StormWords {
  readonly act: StormAct
  readonly no: number | null
  readonly rest: string
}

const LISTED = 15

export const storms: Command<StormWords> = {
  name: 'storms',
  summary: text(
    '舆情突增：正在进行的和以往的；认领、关闭',
    'Many voices at once about the same thing: now and before; claim and close them',
  ),
  usage: 'storms [[claim | close | undo] S-3]',
  role: 'viewer',
  takes: 'storms',
  parse: parseStorms,
  run: async (ctx, request) => {
    const { act, no, rest } = request.args
    if (no === null) return listed(ctx, request)
    const storm = await ctx.store.storms.byNo(no)
    if (storm === null) throw noStorm(no)
    if (act === 'show') return answer(ctx, request, stormCard, await stormView(ctx, storm))
    if (!mayActAs(request.by.role, 'csm')) throw onlyForTeam()
    switch (act) {
      case 'claim':
        return claimed(ctx, request, storm)
      case 'close':
        return closed(ctx, request, storm, rest)
      case 'undo':
        return takenBack(ctx, request, storm)
    }
  },
}

/** @throws ForeshockError BAD_INPUT */
export function parseStorms(words: string): StormWords {
  const said = words.trim()
  if (said === '' || said.toLowerCase() === 'list') return { act: 'show', no: null, rest: '' }
  const found = /^(?:(claim|close|undo|show)\s+)?(?:s-?|#)?(\d{1,9})(?:\s+([\s\S]*))?$/i.exec(said)
  if (found !== null) {
    const [, act = 'show', no, rest = ''] = found
    return { act: act.toLowerCase() as StormAct, no: Number(no), rest: rest.trim() }
  }
  throw new ForeshockError(
    'BAD_INPUT',
    text(`看不懂“${clip(said, 40)}”。`, `"${clip(said, 40)}" means nothing here.`),
    writeLike(storms.usage),
  )
}

async function listed(ctx: Context, request: Request<StormWords>): Promise<Reply> {
  const all = await ctx.store.storms.list(LISTED)
  return answer(ctx, request, stormsCard, {
    storms: await Promise.all(all.map((each) => stormView(ctx, each))),
  })
}

async function claimed(ctx: Context, request: Request<StormWords>, storm: Storm): Promise<Reply> {
  const refusal = refusesClaim(storm, request.by.id)
  if (refusal !== null) return refused(ctx, request, storm, refusal)
  if (storm.owner === null) {
    const by = { owner: request.by.id, claimedAt: ctx.clock.now() }
    const done = await change(ctx, request, storm, by, { claimed: true })
    if (done === null) return again(ctx, request, storm, claimed)
  }
  return noted(ctx, request, storm, 'claimed')
}

async function closed(
  ctx: Context,
  request: Request<StormWords>,
  storm: Storm,
  rest: string,
): Promise<Reply> {
  const refusal = refusesClose(storm)
  if (refusal !== null) return refused(ctx, request, storm, refusal)
  const said = causeIn(request, rest)
  if (said === null) {
    const note = await noted(ctx, request, storm, 'asked')
    return { ...note, form: { zh: closeStormForm('zh'), en: closeStormForm('en') } }
  }
  const by = { ...said, closedAt: ctx.clock.now(), closedBy: request.by.id }
  const done = await change(ctx, request, storm, by, { closed: said.cause })
  if (done === null) return again(ctx, request, storm, (one, two, three) => closed(one, two, three, rest))
  return noted(ctx, request, storm, 'closed')
}

async function takenBack(ctx: Context, request: Request<StormWords>, storm: Storm): Promise<Reply> {
  const { undoMs } = await ctx.caseRules()
  const refusal = refusesTakingBack(storm, request.by.id, ctx.clock.now(), undoMs)
  if (refusal !== null) return refused(ctx, request, storm, refusal)
  const back: StormChange =
    storm.closedAt === null
      ? { owner: null, claimedAt: null }
      : { closedAt: null, closedBy: null, cause: null, note: '' }
  const done = await change(ctx, request, storm, back, { undone: true })
  return done === null ? again(ctx, request, storm, takenBack) : noted(ctx, request, storm, 'undone')
}

/** Null: somebody changed it at the same moment. `did` stands in the sealed record. */
async function change(
  ctx: Context,
  { by }: Request<StormWords>,
  storm: Storm,
  to: StormChange,
  did: { readonly claimed?: true; readonly closed?: StormCause; readonly undone?: true },
): Promise<Storm | null> {
  const now = ctx.clock.now()
  const changed = await ctx.store.transaction(async (tables) => {
    const after = await tables.storms.change(storm, to)
    if (after === null) return null
    await tables.outbox.redraw(shownAs(after), 'step', now)
    if (did.claimed === true)
      await tables.outbox.addLine(shownAs(after), `storm-claimed ${after.id} ${after.version}`, now)
    await tables.settings.note(`storm S-${after.no}`, null, did, by.id, now)
    return after
  })
  ctx.wake()
  return changed
}

/** Looks again at what the other one made of it. */
async function again(
  ctx: Context,
  request: Request<StormWords>,
  { no }: Storm,
  step: (ctx: Context, request: Request<StormWords>, storm: Storm) => Promise<Reply>,
): Promise<Reply> {
  return step(ctx, request, (await ctx.store.storms.byNo(no))!)
}

/** "close S-3 real 新批次电池", or the form; null: neither says what it was. */
function causeIn(
  { form }: Request<StormWords>,
  rest: string,
): { readonly cause: StormCause; readonly note: string } | null {
  const [, word = '', words = ''] = /^(\S*)\s*([\s\S]*)$/.exec(rest) ?? []
  const cause = STORM_CAUSES.find((each) => each === (form?.['cause'] ?? word).toLowerCase())
  if (cause === undefined) return null
  return { cause, note: clip((form?.['note'] ?? words).trim(), LONGEST_NOTE) }
}

async function noted(
  ctx: Context,
  request: Request<StormWords>,
  { no }: Storm,
  did: 'claimed' | 'closed' | 'undone' | 'asked',
): Promise<Reply> {
  const seconds = (await ctx.caseRules()).undoMs / 1_000
  return answer(ctx, request, stormNote, { no, did, seconds })
}

function refused(
  ctx: Context,
  request: Request<StormWords>,
  { no, owner }: Storm,
  refusal: StormRefusal,
): Reply {
  return answer(ctx, request, stormRefused, { no, refusal, ownerName: nameOf(ctx, owner) })
}

function noStorm(no: number): ForeshockError {
  return new ForeshockError(
    'NOT_FOUND',
    text(`没有 S-${no} 这个突增。`, `There is no storm S-${no}.`),
    text('输入 storms 查看有哪些。', 'Type storms to see what there is.'),
  )
}

function onlyForTeam(): ForeshockError {
  return new ForeshockError(
    'FORBIDDEN',
    text('查看不限，认领和关闭要客户经理以上。', 'Anyone may look; to claim or close takes a CSM or above.'),
    text('请有权限的同事操作。', 'Ask a colleague who may.'),
  )
}
