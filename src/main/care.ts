import { resolve } from 'node:path'
import { closedTo, isOvertaken, isStale } from '../alerts/care.ts'
import { isDecentHour } from '../alerts/reach.ts'
import { putCare } from '../care/folder.ts'
import { postCare } from '../care/webhook.ts'
import { ChatFault } from '../chat/fault.ts'
import type { Courier, Parcel } from '../chat/outbox-rows.ts'
import type { Context } from '../context.ts'
import { recipientsOf } from '../judging/recipients.ts'
import type { KeptPiece } from '../store/care.ts'
import { fileName, lettersOf, tableOf } from './care-letter.ts'

/** Care that waits over a night is looked at again so soon. */
const LOOK_MS = 30 * 60_000

/**
 * Packs care from the database as it is when it leaves: whoever has withdrawn consent since, was drawn to be left alone or
 * has been spoken with gets nothing, nor does anybody for whom it comes too late. Null: the configuration names no receiver.
 */
export function openCourier(ctx: Context): Courier | null {
  const receiver = ctx.config.care
  if (receiver === undefined) return null
  return {
    pack: async (batch) => {
      const now = ctx.clock.now()
      const { fit, isNight } = await stillFit(ctx, await ctx.store.care.waitingIn(batch), now)
      if (fit.length === 0) return null
      if (isNight) return { until: new Date(now.getTime() + LOOK_MS) }
      const letters = await lettersOf(ctx, fit)
      const send = async (): Promise<void> => {
        if (receiver.folder !== undefined)
          return putCare(resolve(ctx.config.folder, receiver.folder), fileName(batch, fit), tableOf(letters))
        const { url, secret: name } = receiver.webhook!
        const secret = ctx.config.variables[name]
        if (secret === undefined)
          throw new ChatFault('token-refused', `the environment variable ${name} is not set`)
        // A batch that was put together for a folder holds several; the receiver knows by their keys which it has.
        for (const letter of letters) await postCare({ url, secret }, letter.key, letter, ctx.clock.now())
      }
      return parcelOf(ctx, fit, send)
    },
  }
}

/** Those that may leave, and whether it is night for all of them; why the others may not is written down. */
async function stillFit(
  ctx: Context,
  pieces: readonly KeptPiece[],
  now: Date,
): Promise<{ readonly fit: KeptPiece[]; readonly isNight: boolean }> {
  const customers = pieces.map(({ customer }) => customer)
  const recipients = await recipientsOf(ctx, customers)
  const cases = await ctx.store.alerts.cases([...new Set(customers)])
  const fit: KeptPiece[] = []
  for (const piece of pieces) {
    const alert =
      piece.alert === null
        ? (cases.get(piece.customer)?.current ?? null)
        : await ctx.store.alerts.get(piece.alert)
    const recipient = recipients.get(piece.customer)
    const why =
      recipient === undefined
        ? 'no-consent'
        : (closedTo(recipient) ??
          (isOvertaken(piece, alert) ? 'overtaken' : null) ??
          (isStale(piece, alert, recipient.lastAt, now) ? 'stale' : null))
    if (why === null) fit.push(piece)
    else await ctx.store.care.withhold([piece.id], why)
  }
  const isNight = fit.every(({ customer }) => !isDecentHour(now, recipients.get(customer)!.timeZone))
  return { fit, isNight }
}

function parcelOf(ctx: Context, pieces: readonly KeptPiece[], send: Parcel['send']): Parcel {
  return {
    send: async () => send(),
    arrived: async () => {
      const now = ctx.clock.now()
      const rules = await ctx.caseRules()
      await ctx.store.transaction(async (tables) => {
        const left = await tables.care.left(
          pieces.map(({ id }) => id),
          now,
        )
        for (const piece of left) {
          const alert = piece.alert === null ? null : await tables.alerts.get(piece.alert)
          if (alert === null) continue
          if (piece.step !== null) {
            const asked = { person: null, via: 'care', request: `care ${piece.id}`, note: '' }
            const move = { verb: 'step', by: null, at: now, step: piece.step } as const
            await tables.cases.move(alert.id, move, asked, rules)
          } else {
            // In this order: what is sent for a card takes with it what is queued behind for the same version.
            await tables.outbox.redraw(alert, 'care', now)
            await tables.outbox.addLine(alert, `care-left ${piece.id}`, now)
          }
        }
      })
      ctx.wake()
    },
  }
}
