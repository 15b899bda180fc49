import type { Context } from '../../src/context.ts'
import { ForeshockError } from '../../src/errors.ts'
import type { Merge } from '../../src/records/merge.ts'
import { clip, text } from '../../src/text.ts'
import { customerMeant } from '../case/customer.ts'

/** Of how many merges of one customer one is looked for. */
const MOST = 1_000

/**
 * The merge someone means: by whoever became a part (C-34), or by the whole customer where only one did.
 *
 * @throws ForeshockError NOT_FOUND, or BAD_INPUT when several fit
 */
export async function mergeMeant(ctx: Context, words: string, state: 'merged' | 'apart'): Promise<Merge> {
  const { customer } = await customerMeant(ctx, words)
  const { merges } = await ctx.store.merges.list(customer.id, { skip: 0, take: MOST })
  const fitting = merges.filter((merge) => merge.state === state)
  const typed = Number(/^c-?(\d{1,9})$/i.exec(words)?.[1])
  const named = fitting.filter(({ absorbed }) => absorbed.no === typed)
  const found = named.length > 0 ? named : fitting
  if (found.length === 1) return found[0]!
  const [shown, no] = [clip(words, 40), `C-${customer.no}`]
  if (found.length === 0) {
    throw new ForeshockError(
      'NOT_FOUND',
      state === 'merged'
        ? text(`${no} 没有和谁合并。`, `${no} is not merged with anybody.`)
        : text(`${no} 没有拆分过。`, `${no} was not split from anybody.`),
      text(`输入 merges ${no} 看看。`, `Type merges ${no} to see.`),
    )
  }
  const verb = state === 'merged' ? 'split' : 'split undo'
  const ways = found.slice(0, 5).map(({ absorbed }) => `${verb} C-${absorbed.no}`)
  throw new ForeshockError(
    'BAD_INPUT',
    text(`“${shown}”有几次合并，要选一次。`, `Several merges fit "${shown}".`),
    text(`请写其中一个：${ways.join('、')}。`, `Write one of ${ways.join(', ')}.`),
  )
}
