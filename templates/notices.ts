import type { Card, Template, View } from '../src/chat/card.ts'
import type { Notice } from '../src/learning/notice.ts'
import { adviceCard, ruleTriedCard, ruleUnreadableNote } from './advice.ts'
import { churnReviewCard } from './churn-review.ts'
import { driftCard } from './drift.ts'
import { capital, speaker, zh } from './language.ts'
import { shown, withinLimits } from './limits.ts'
import { adviceNotes, algorithmWords, modelNo, trialWords, verdictWords } from './model.ts'
import { playbookReviewCard } from './playbook-review.ts'
import { fileHeld, sourceBack, sourceFailed } from './source-notice.ts'
import { staffMail } from './staff-mail.ts'
import { stormAsked } from './storm-notes.ts'
import { themeGiven, themeLate, themeMended } from './theme-notice.ts'
import { unwarnedCard } from './unwarned.ts'
import { weekCard, weekOf } from './week.ts'

/** The answer to `train`. */
export const trainingNote: Template<{ readonly begun: boolean }> = ({ begun }, view) => {
  const t = speaker(view.locale)
  return begun
    ? plain(
        t('开始训练了', 'The training has begun'),
        t(
          '通常要几十秒到几分钟，结果会发到通知频道，输入 model 也能看到。',
          'It usually takes seconds to minutes. The result is posted to the notices channel; model shows it too.',
        ),
      )
    : plain(
        t('已经在训练了', 'A training is under way'),
        t('等这次结束再试。', 'Try again when it has ended.'),
      )
}

export const noticeCard: Template<Notice> = (notice, view) => {
  switch (notice.kind) {
    case 'model-trained':
      return trained(notice.data, view)
    case 'model-not-yet':
      return plain(
        speaker(view.locale)('还不能训练模型', 'No model can be learned yet'),
        notice.data.says[view.locale],
      )
    case 'model-failed':
      return plain(
        speaker(view.locale)('训练没有成功，一切照旧', 'The training failed; everything goes on as before'),
        notice.data.why[view.locale],
      )
    case 'model-in-use':
      return inUse(notice.data, view)
    case 'storm-asked':
      return stormAsked(notice.data, view)
    case 'drift':
      return driftCard(notice.data, view)
    case 'unwarned':
      return unwarnedCard(notice.data, view)
    case 'week':
      return weekCard(weekOf(notice.data), view)
    case 'playbook-review':
      return playbookReviewCard(notice.data, view)
    case 'churn-review':
      return churnReviewCard(notice.data, view)
    case 'source-failed':
      return sourceFailed(notice.data, view)
    case 'source-back':
      return sourceBack(notice.data, view)
    case 'advice':
      return adviceCard(notice.data, view)
    case 'rule-tried':
      return ruleTriedCard(notice.data, view)
    case 'rule-unreadable':
      return ruleUnreadableNote(notice.data, view)
    case 'file-held':
      return fileHeld(notice.data, view)
    case 'staff-mail':
      return staffMail(notice.data, view)
    case 'theme-given':
      return themeGiven(notice.data, view)
    case 'theme-late':
      return themeLate(notice.data, view)
    case 'theme-mended':
      return themeMended(notice.data, view)
  }
}

function trained(
  { no, algorithm, trial }: Extract<Notice, { kind: 'model-trained' }>['data'],
  view: View,
): Card {
  const t = speaker(view.locale)
  const good = trial.verdict === 'better'
  const title = t(zh`模型 ${modelNo(no)} 训练好了`, `Model ${modelNo(no)} has been trained`)
  return withinLimits({
    accent: good ? 'good' : 'neutral',
    title,
    subtitle: `${capital(algorithmWords(algorithm)[view.locale])} · ${verdictWords(trial)[view.locale]}`,
    blocks: [{ kind: 'text', text: trialWords(trial, view) }, ...adviceNotes(trial, view)],
    buttons: good
      ? [{ command: 'promote', label: t('启用', 'Promote'), style: 'primary', args: modelNo(no) }]
      : [],
    fallback: title,
  })
}

function inUse({ no, before, by }: Extract<Notice, { kind: 'model-in-use' }>['data'], view: View): Card {
  const t = speaker(view.locale)
  const name = (model: number | null) =>
    model === null ? t('规则', 'the rules') : t(zh`模型 ${modelNo(model)}`, `model ${modelNo(model)}`)
  const who = shown(by[view.locale], 40)
  if (no === before) {
    return plain(
      no === null
        ? t('本来就只用规则判断', 'Rules judge alone already')
        : t(zh`本来就在用${name(no)}`, `${capital(name(no))} is in use already`),
      t('没有改动。', 'Nothing has changed.'),
    )
  }
  return plain(
    no === null
      ? t('停用模型，只用规则判断', 'Rules judge alone again')
      : t(zh`模型 ${modelNo(no)} 已启用`, `Model ${modelNo(no)} is now in use`),
    t(
      zh`${who}操作，此前用的是${name(before)}。下次评分起生效。`,
      `Set by ${who}; before it, ${name(before)}. It counts from the next scoring.`,
    ),
  )
}

function plain(title: string, words: string): Card {
  return withinLimits({
    accent: 'neutral',
    title,
    blocks: [{ kind: 'text', text: words }],
    buttons: [],
    fallback: title,
  })
}
