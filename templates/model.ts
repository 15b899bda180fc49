import type { Block, Template, View } from '../src/chat/card.ts'
import type { Showing, Trial, Verdict } from '../src/learning/trial.ts'
import type { CauseOdds } from '../src/risk/odds.ts'
import { type Text, text } from '../src/text.ts'
import { percent } from './forecast.ts'
import { capital, speaker, zh } from './language.ts'
import { shown, withinLimits } from './limits.ts'
import { number, wholeMoney } from './numbers.ts'
import { oddsBlocks } from './odds.ts'
import { type Paging, pageButtons, pageOf } from './pages.ts'
import { day } from './times.ts'

/** Models a page can hold and still be a card. */
export const MODEL_PAGE = 10

export interface ModelLine {
  readonly no: number
  readonly algorithm: string
  readonly madeAt: Date
  readonly trial: Trial
  readonly inUse: boolean
}

export interface ModelCardData extends Paging {
  /** The model in use; null: rules judge alone. */
  readonly inUse: ModelLine | null
  /** Dismissed cases it has learned from, and whose customers left all the same; null or absent: none. */
  readonly dismissed?: { readonly rows: number; readonly left: number } | null
  /** Why the one that was chosen does not judge; null: all is well. */
  readonly fault: Text | null
  readonly rows: readonly ModelLine[]
  readonly total: number
  /** What priority expects of each likely reason; absent: not told. */
  readonly odds?: readonly CauseOdds[]
  /** A training is running now. */
  readonly training: boolean
}

const VERDICT: Readonly<Record<Verdict, Text>> = {
  better: text(
    '比规则和现用模型都好，可以启用',
    'better than the rules and the model in use; can be promoted',
  ),
  'too-few-leavers': text('检验期内流失客户太少，说明不了问题', 'too few leavers in the test months to tell'),
  'not-better-than-rules': text('没有比规则好，不能启用', 'no better than the rules; cannot be promoted'),
  'not-better-than-champion': text(
    '没有比现用模型好，不能启用',
    'no better than the model in use; cannot be promoted',
  ),
}

const ALGORITHM: Readonly<Record<string, Text>> = {
  gbdt: text('梯度提升树', 'gradient-boosted trees'),
  forest: text('随机森林', 'random forest'),
  logistic: text('逻辑回归', 'logistic regression'),
}

/** What judges now, how good it is, and what else there is. */
export const modelCard: Template<ModelCardData> = (data, view) => {
  const t = speaker(view.locale)
  const { inUse, rows, total } = data
  const title =
    inUse === null
      ? t('目前只用规则判断', 'Rules judge alone')
      : t(zh`模型 ${modelNo(inUse.no)} 在用`, `Model ${modelNo(inUse.no)} is in use`)
  const ready = data.rows.find(({ trial }) => trial.verdict === 'better')
  const how =
    inUse === null
      ? t(
          zh`还没有启用模型，卡片上不显示概率。${
            ready === undefined
              ? '输入 train 用自己的历史训练一个。'
              : zh`${modelNo(ready.no)} 比规则好，管理员输入 promote ${modelNo(ready.no)} 就能启用。`
          }`,
          `No model is in use, so cards show no probability. ${
            ready === undefined
              ? 'Type train to learn one from your own history.'
              : `${modelNo(ready.no)} is better than the rules: an admin puts it to use with promote ${modelNo(ready.no)}.`
          }`,
        )
      : trialWords(inUse.trial, view)
  return withinLimits({
    accent: inUse === null ? 'neutral' : 'good',
    title,
    ...(inUse === null ? {} : { subtitle: about(inUse, view) }),
    blocks: [
      ...(data.fault === null ? [] : [{ kind: 'text' as const, text: shown(data.fault[view.locale], 300) }]),
      { kind: 'text', text: how },
      ...(inUse === null ? [] : adviceNotes(inUse.trial, view)),
      ...dismissedNote(data, view),
      ...(total === 0 ? [] : [table(rows, view)]),
      ...(total === 0
        ? []
        : [
            {
              kind: 'note' as const,
              text:
                t(`共 ${total} 个模型`, `${total} ${total === 1 ? 'model' : 'models'}`) + pageOf(data, view),
            },
          ]),
      ...oddsBlocks(data.odds ?? [], view),
      ...(data.training
        ? [{ kind: 'note' as const, text: t('正在训练一个新模型。', 'A new model is being trained.') }]
        : []),
    ],
    buttons: pageButtons(data, 'model', '', view),
    fallback: title,
  })
}

/** What people took for no risk, held against what came of it. */
function dismissedNote({ dismissed }: ModelCardData, view: View): Block[] {
  if (dismissed == null) return []
  const words = speaker(view.locale)(
    `学习样本里有 ${dismissed.rows} 个被判为“不是风险”的预警，标签是客户后来的去留；其中 ${dismissed.left} 位还是走了。`,
    `It learned from ${dismissed.rows} dismissed ${dismissed.rows === 1 ? 'case' : 'cases'} too, by what became of the customer: ${dismissed.left} left all the same.`,
  )
  return [{ kind: 'note', text: words }]
}

const BETTER_THAN_RULES = text('比规则好，可以启用', 'better than the rules; can be promoted')

/** What a trial means for the model. */
export function verdictWords({ verdict, champion }: Trial): Text {
  return verdict === 'better' && champion === null ? BETTER_THAN_RULES : VERDICT[verdict]
}

/** The number people see. */
export function modelNo(no: number): string {
  return `M-${no}`
}

export function algorithmWords(algorithm: string): Text {
  return ALGORITHM[algorithm] ?? text(algorithm, algorithm)
}

function about({ algorithm, madeAt }: ModelLine, view: View): string {
  const t = speaker(view.locale)
  const when = day(madeAt, view)
  return `${capital(algorithmWords(algorithm)[view.locale])} · ${t(zh`${when}训练`, `trained ${when}`)}`
}

function table(rows: readonly ModelLine[], view: View): Block {
  const t = speaker(view.locale)
  return {
    kind: 'table',
    columns: t('编号|方法|训练于|AUC|规则 AUC|结论', 'No.|Method|Trained|AUC|Rules’ AUC|Verdict').split('|'),
    rows: rows.slice(0, MODEL_PAGE).map(({ no, algorithm, madeAt, trial, inUse }) => ({
      cells: [
        modelNo(no),
        shown(algorithmWords(algorithm)[view.locale], 24),
        day(madeAt, view),
        auc(trial.model),
        auc(trial.rules),
        inUse ? t('在用', 'in use') : shown(verdictWords(trial)[view.locale], 60),
      ],
    })),
  }
}

/** How it did beside the rules and the one then in use, in sentences. */
export function trialWords(trial: Trial, view: View): string {
  const t = speaker(view.locale)
  const { model, rules, champion, rows, leavers } = trial
  if (rows === 0)
    return t(
      '没学过的月份里，还没有结果已知的客户，所以无法检验：数据还不够。',
      'In the months it never saw, nobody’s outcome is known yet, so it cannot be tested: not enough data yet.',
    )
  const [from, to] = [day(new Date(trial.from), view), day(new Date(trial.to), view)]
  const others =
    champion === null
      ? ''
      : t(
          `，模型 ${modelNo(champion.no)} ${auc(champion.showing)}`,
          `, ${modelNo(champion.no)} ${auc(champion.showing)}`,
        )
  const [people, left] = [number(rows, view.locale), number(leavers, view.locale)]
  const compared = t(
    zh`用没学过的月份检验（${from}至${to}，${people} 人次，其中 ${left} 个流失）：AUC ${auc(model)}，规则 ${auc(rules)}${others}。`,
    `On months it never saw (${from} to ${to}, ${people} cases, ${left} of them left): AUC ${auc(model)}, rules ${auc(rules)}${others}.`,
  )
  return leavers === 0 ? compared : compared + tenthWords(model, rules, view)
}

function tenthWords(model: Showing, rules: Showing, { locale }: View): string {
  const [tenth, tenthOfRules] = [percent(model.recallAtTenth), percent(rules.recallAtTenth)]
  return speaker(locale)(
    `风险最高的一成里，找到了 ${tenth} 的流失客户（规则 ${tenthOfRules}）。`,
    ` The riskiest tenth holds ${tenth} of those who left (rules ${tenthOfRules}).`,
  )
}

/** From which probability acting pays, by the company's own figures; nothing where it could not be told. */
export function adviceWords({ advice }: Pick<Trial, 'advice'>, view: View): string[] {
  if (advice === undefined || advice === null) return []
  const t = speaker(view.locale)
  const { threshold, because, flagged, cases, precision, recall, economics } = advice
  const { currency } = economics
  const worth = (amount: number) =>
    currency === undefined ? number(amount, view.locale) : wholeMoney(amount, currency, view.locale)
  const [cost, value] = [worth(economics.cost), worth(economics.value)]
  const kept = percent(economics.saved)
  if (threshold > 1 && because === 'cost')
    return [
      t(
        zh`联系一次要花 ${cost}，留住一位值 ${value}（联系到的真流失客户留住 ${kept}）：照此没有哪个概率值得专门联系。这些数用 config set act.cost 等修改。`,
        `At ${cost} a contact, ${value} for a customer kept and ${kept} of true leavers kept, no probability is worth a contact. config set act.cost and its neighbours change these figures.`,
      ),
    ]
  // Nobody reaches it: nothing can be said of how right it would be.
  if (precision === null) return []
  const from = percent(threshold)
  const why =
    because === 'capacity'
      ? t(
          zh`按现有人手（每天 ${economics.perDay ?? 0} 单），概率从 ${from} 起才忙得过来`,
          `With room for ${economics.perDay ?? 0} new cases a day, the team can keep up from a probability of ${from} on`,
        )
      : t(
          zh`联系一次 ${cost}，留住一位值 ${value}，真流失的能留住 ${kept}：概率从 ${from} 起就值得联系`,
          `At ${cost} a contact, ${value} for a customer kept and ${kept} of true leavers kept, acting pays from a probability of ${from} on`,
        )
  return [
    why +
      t(
        zh`。检验期内未沉寂的 ${number(cases, 'zh')} 人次里有 ${number(flagged, 'zh')} 人次达到，其中 ${percent(precision)} 真的流失，占流失客户的 ${percent(recall)}。采用：config set band.p2 ${written(threshold)}。`,
        `. Of ${number(cases, 'en')} cases not yet silent in the test months, ${number(flagged, 'en')} reach it; ${percent(precision)} of them left, ${percent(recall)} of all who did. To use it: config set band.p2 ${written(threshold)}.`,
      ),
  ]
}

/** The same as a card shows it. */
export function adviceNotes(trial: Pick<Trial, 'advice'>, view: View): Block[] {
  return adviceWords(trial, view).map((words) => ({ kind: 'note', text: words }))
}

/** A threshold as it is typed: rounded up, so that it never promises more than it can. */
function written(threshold: number): number {
  return Math.min(1, Math.ceil(threshold * 100) / 100)
}

function auc({ auc: value }: Showing): string {
  return Number.isFinite(value) ? value.toFixed(3) : '—'
}
