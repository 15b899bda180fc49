import { STORM_CAUSE, seriesWords, stormNo } from '../../templates/storm.ts'
import type { WireHint } from '../chat/console/wire.ts'
import type { Context } from '../context.ts'
import { seriesLabels } from '../judging/storm-view.ts'
import { STORM_CAUSES } from '../sentinel/storm.ts'
import { same, type Text, text } from '../text.ts'

const MOST = 8

const ACTS: readonly { readonly act: string; readonly about: Text }[] = [
  { act: 'claim', about: text('认领一次突增', 'Take one on') },
  { act: 'close', about: text('关闭，并说明是什么', 'Close one and say what it was') },
  { act: 'undo', about: text('撤回刚才的认领或关闭', 'Take back a claim or a close') },
]

/** What may follow `storms`: an act, one of the storms there are, and what it was. */
export async function stormHints(ctx: Context, stem: string, words: string): Promise<WireHint[]> {
  const closing = /^close\s+(s-?\d+)\s+(\S*)$/i.exec(words)
  if (closing !== null) {
    const [, which, typed] = closing
    return STORM_CAUSES.filter((cause) => cause.startsWith(typed!.toLowerCase())).map((cause) => ({
      line: `${stem}close ${which} ${cause} `,
      label: same(cause),
      detail: STORM_CAUSE[cause],
    }))
  }
  const found = /^(?:(claim|close|undo)\s+)?(?:s-?)?(\d*)$/i.exec(words)
  const acts = ACTS.filter(({ act }) => act.startsWith(words.toLowerCase()))
  const hints = acts.map(({ act, about }) => ({ line: `${stem}${act} `, label: same(act), detail: about }))
  if (found === null) return hints
  const [, act, digits] = found
  const view = { timeZone: ctx.config.company.timeZone, now: ctx.clock.now() }
  const storms = (await ctx.store.storms.list(50))
    .filter(({ no }) => String(no).startsWith(digits!))
    .slice(0, MOST)
  const labels = await seriesLabels(ctx, storms)
  const named = storms.map((storm) => ({
    line: `${stem}${act === undefined ? '' : `${act} `}${stormNo(storm.no)}${act === 'close' ? ' ' : ''}`,
    label: same(stormNo(storm.no)),
    detail: text(
      seriesWords(storm, labels(storm), { ...view, locale: 'zh' }),
      seriesWords(storm, labels(storm), { ...view, locale: 'en' }),
    ),
  }))
  return [...hints, ...named]
}
