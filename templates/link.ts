import type { Template } from '../src/chat/card.ts'
import type { Text } from '../src/text.ts'
import { speaker, zh } from './language.ts'
import { withinLimits } from './limits.ts'
import { personName } from './names.ts'
import { noteCard } from './note.ts'
import { CHAT } from './words.ts'

export interface LinkStepData {
  readonly code: string
  /** Hours the code holds. */
  readonly hours: number
}

/** To an account that is nobody's yet, seen by it alone: how to prove whose it is. What it asked for waits. */
export const linkStepCard: Template<LinkStepData> = ({ code, hours }, { locale }) => {
  const t = speaker(locale)
  const title = t('先确认你是谁', 'First: who are you?')
  return withinLimits({
    accent: 'neutral',
    title,
    blocks: [
      {
        kind: 'text',
        text: t(
          '这个账号还没有对应到团队里的人。关联一次就好，刚才的操作会自动完成。',
          'This account is not linked to anyone on the team yet. Link it once, and what you just did is finished for you.',
        ),
      },
      {
        kind: 'steps',
        title: t('任选一种', 'Either'),
        steps: [
          t(
            `在控制台，或在你已经关联的另一个聊天工具里输入：link ${code}`,
            `In the console, or in a chat where you are linked already, type: link ${code}`,
          ),
          t(
            `或者把验证码告诉管理员，请对方输入：role link 你的名字 ${code}`,
            `Or give the code to an admin, who types: role link YOUR-NAME ${code}`,
          ),
        ],
      },
      {
        kind: 'note',
        text: t(
          `验证码 ${hours} 小时内有效。别人发来的验证码不要输入：那会让对方用你的身份操作。`,
          `The code holds for ${hours} hours. Never type a code someone sent you: they would act as you.`,
        ),
      },
    ],
    buttons: [],
    fallback: t(`${title}。输入 link ${code} 完成关联。`, `${title} Type link ${code} to link this account.`),
  })
}

/** An account was linked. `waiting`: how many things it asked for are done now. */
export const linkedNote: Template<{
  readonly chat: string
  readonly account: string
  readonly personName: Text
  readonly waiting: number
}> = (data, { locale }) => {
  const t = speaker(locale)
  const who = personName(data.personName, locale)
  const chat = (CHAT[data.chat] ?? { zh: data.chat, en: data.chat })[locale]
  return noteCard(
    'ok',
    t(zh`${chat}账号“${data.account}”现在是${who}`, `${data.account} on ${chat} is now ${who}`),
    data.waiting > 0
      ? t('关联前的操作正在补上。', 'What was asked for before is being done now.')
      : t('可以直接使用了。', 'Ready to use.'),
  )
}

export const unlinkedNote: Template<{ readonly personName: Text; readonly count: number }> = (
  data,
  { locale },
) => {
  const t = speaker(locale)
  const who = personName(data.personName, locale)
  return noteCard(
    'ok',
    t(
      zh`已解除${who}的 ${data.count} 个账号`,
      `${data.count} ${data.count === 1 ? 'account' : 'accounts'} of ${who} unlinked`,
    ),
    t('再次使用时会重新确认身份。', 'Whoever uses it next is asked who they are.'),
  )
}

/** Guests of the company's chat, and accounts that were closed, may do nothing. */
export const deniedNote: Template<{ readonly why: 'guest' | 'gone' }> = ({ why }, { locale }) => {
  const t = speaker(locale)
  return noteCard(
    'error',
    why === 'guest'
      ? t('访客账号不能使用', 'Guest accounts cannot use this')
      : t('这个账号已停用', 'This account is deactivated'),
    t('这里有客户资料。请联系管理员。', 'This holds customer data. Please ask an admin.'),
  )
}

/** On a message that another one has taken the place of. */
export const replacedCard: Template<{ readonly name: Text }> = ({ name }, { locale }) => {
  const t = speaker(locale)
  const title = t(zh`${name.zh}换了一张新卡片`, `${name.en} goes on in a new card`)
  return {
    accent: 'muted',
    title,
    blocks: [
      {
        kind: 'text',
        text: t(
          '这条消息太旧，不再更新了。请看频道里的新卡片。',
          'This message is too old to be kept up to date. Look for the new card in this channel.',
        ),
      },
    ],
    buttons: [],
    fallback: title,
  }
}
