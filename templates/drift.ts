import type { Block, Template, View } from '../src/chat/card.ts'
import type { DriftReport, GroupedBy } from '../src/learning/drift.ts'
import type { WeeksLook } from '../src/learning/notice.ts'
import { type Text, text } from '../src/text.ts'
import { percent } from './forecast.ts'
import { speaker, zh } from './language.ts'
import { shown, withinLimits } from './limits.ts'
import { modelNo } from './model.ts'
import { day } from './times.ts'
import { unwarnedBlocks } from './unwarned.ts'

const BY: Readonly<Record<'region' | 'product', Text>> = {
  region: text('区域', 'region'),
  product: text('产品', 'product'),
}
const MOST = 5

/** The weekly look at the model in use: have the customers changed, and was it right? */
export const driftCard: Template<WeeksLook> = (report, view) => {
  const t = speaker(view.locale)
  const { moved: worrying, features: moved, limits } = report
  const name = modelNo(report.model)
  const title = worrying
    ? t(zh`模型 ${name}：客户变了，建议重新训练`, `Model ${name}: customers have changed; train again`)
    : t(zh`模型 ${name}：运行正常`, `Model ${name}: all is well`)
  return withinLimits({
    accent: worrying ? 'P1' : 'good',
    title,
    subtitle: t(
      zh`${report.customers} 位客户，${day(report.asOf, view)}`,
      `${report.customers} customers, ${day(report.asOf, view)}`,
    ),
    blocks: [
      {
        kind: 'text',
        text: t(
          zh`概率分布的变化 PSI ${report.score.toFixed(2)}（${limits.some} 以下为稳定，${limits.much} 以上为明显改变）。`,
          `Shift of the probabilities: PSI ${report.score.toFixed(2)} (below ${limits.some} is steady, from ${limits.much} on another population).`,
        ),
      },
      ...(moved.length === 0
        ? []
        : [
            {
              kind: 'fields' as const,
              fields: moved.slice(0, MOST).map(({ label, psi }) => ({
                label: shown(label[view.locale], 40),
                value: `PSI ${psi.toFixed(2)}`,
              })),
            },
          ]),
      { kind: 'text', text: maturedWords(report, view) },
      ...report.bias.slice(0, MOST).map((group) => ({ kind: 'text' as const, text: biasWords(group, view) })),
      ...untoldNote(report, view),
      ...(report.unwarned == null ? [] : unwarnedBlocks(report.unwarned, report.unwarned.currency, view)),
    ],
    buttons: worrying
      ? [{ command: 'train', label: t('重新训练', 'Train again'), style: 'primary', args: '' }]
      : [],
    fallback: title,
  })
}

function maturedWords({ matured }: DriftReport, view: View): string {
  const t = speaker(view.locale)
  if (matured === null) {
    return t(
      '预测的日子还没过完，暂时不知道准不准。',
      'Not enough data yet: no forecast is old enough to be checked.',
    )
  }
  const { customers, leavers, auc, expected, left } = matured
  const when = day(matured.asOf, view)
  return t(
    zh`${when}的预测到期了：${customers} 位客户走了 ${leavers} 位（预测 ${percent(expected)}，实际 ${percent(left)}），AUC ${auc.toFixed(3)}。`,
    `The forecasts of ${when} have come due: ${leavers} of ${customers} left (forecast ${percent(expected)}, real ${percent(left)}), AUC ${auc.toFixed(3)}.`,
  )
}

/** What nobody can tell yet is said, else it would seem fair. */
function untoldNote({ matured, untold = [] }: DriftReport, view: View): Block[] {
  if (matured === null || untold.length === 0) return []
  const t = speaker(view.locale)
  const what = untold.map((by) => shown(wordOf(by)[view.locale], 40))
  const text = t(
    zh`数据还不够，暂时看不出模型在${what.join('、')}上是否公平。`,
    `Not enough data yet to tell whether it is fair by ${what.join(', ')}.`,
  )
  return [{ kind: 'note', text }]
}

const wordOf = (by: GroupedBy): Text => (typeof by === 'string' ? BY[by] : by)

function biasWords(group: DriftReport['bias'][number], view: View): string {
  const t = speaker(view.locale)
  const { by, name, customers, expected, left } = group
  const who = shown(name, 40)
  const [forecast, real] = [percent(expected), percent(left)]
  const low = left > expected
  return t(
    zh`${wordOf(by).zh}“${who}”（${customers} 位）：预测 ${forecast}，实际 ${real}，${low ? '低估了' : '高估了'}。`,
    `${wordOf(by).en} “${who}” (${customers} customers): forecast ${forecast}, really ${real}: ${low ? 'too low' : 'too high'}.`,
  )
}
