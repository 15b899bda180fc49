import { type Text, text } from '../../text.ts'

/** What Lark shows for a moment after a press, and the card that replaces the pressed one. */
export interface Answer {
  readonly toast: {
    readonly type: 'info' | 'success' | 'warning' | 'error'
    readonly content: string
    readonly i18n: { readonly zh_cn: string; readonly en_us: string }
  }
  readonly card?: { readonly type: 'raw'; readonly data: object }
}

export const SAYS = {
  kept: text('收到，马上处理', 'Got it'),
  sent: text('已提交', 'Sent'),
  form: text('请填写刚发给你的表单，只有你能看到', 'Fill in the form just sent to you; only you can see it'),
  formBelow: text('请填写下面的表单', 'Fill in the form below'),
  cancelled: text('已取消，没有任何改动', 'Cancelled; nothing was changed'),
  putAway: text('表单已关闭', 'Form closed'),
  slow: text(
    '处理得有点慢。如果一分钟后卡片还没变化，请再按一次',
    'This is taking a while. If nothing has changed in a minute, press again',
  ),
  failed: text('没有记录成功，请再按一次', 'This was not recorded. Please press again'),
  foreign: text('这个机器人只为本企业服务', 'This bot serves another company'),
} as const

/** A toast in the presser's own language: Lark chooses. */
export function said(type: Answer['toast']['type'], words: Text): Answer {
  return { toast: { type, content: words.en, i18n: { zh_cn: words.zh, en_us: words.en } } }
}
