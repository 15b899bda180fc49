import type { Block, Template } from '../src/chat/card.ts'
import { ROLES, type Role } from '../src/records/person.ts'
import { type Text, text } from '../src/text.ts'
import { capital, speaker } from './language.ts'
import { withinLimits } from './limits.ts'
import { usageIn } from './usage.ts'
import { ROLE } from './words.ts'

export interface HelpCardData {
  /** The commands the asker may use. */
  readonly commands: readonly {
    readonly name: string
    readonly usage: string
    readonly summary: Text
    readonly role: Role
  }[]
  readonly role: Role
  /** Where it is read: each chat has its own way of typing. */
  readonly chat: string
  /** No automated care leaves, and the asker is one who would want to know. */
  readonly careIsOff?: boolean
}

const TYPING: Readonly<Record<string, Text>> = {
  console: text('输入几个字母后按 Tab 可以补全。', 'Type a few letters and press Tab to complete.'),
  slack: text(
    '在任何频道输入 /churn 加命令，例如 /churn top 20；在话题里 @我，或直接私信我，只写命令就行。',
    'Type /churn and a command anywhere, such as /churn top 20. In a thread mention me; in a direct message the command alone will do.',
  ),
  lark: text(
    '在群里 @我 加命令，例如 @我 top 20；私聊直接写命令就行。',
    'In a group, mention me and write a command such as top 20. In our own chat the command alone will do.',
  ),
}

/** What can be typed, in one table, grouped by who may. */
export const helpCard: Template<HelpCardData> = ({ commands, role, chat, careIsOff }, { locale }) => {
  const t = speaker(locale)
  const held = ROLES.slice(0, ROLES.indexOf(role) + 1)
  const groups = held.flatMap((group): Block[] => {
    const rows = commands
      .filter((command) => command.role === group)
      .map(({ usage, summary }) => ({ cells: [usageIn(usage, locale), summary[locale]] }))
    if (rows.length === 0) return []
    return [{ kind: 'table', columns: [capital(ROLE[group][locale]), t('用途', 'What it does')], rows }]
  })
  return withinLimits({
    accent: 'neutral',
    title: t('可以这样用', 'What you can do here'),
    blocks: [
      ...groups,
      {
        kind: 'note',
        text: [
          t('卡片上的按钮和命令效果一样。', 'Buttons on cards do the same.'),
          TYPING[chat]?.[locale] ?? '',
          careIsOff === true
            ? t(
                '自动关怀还没启用：在配置里写上 care，才会发给客户。',
                'Automated care is off: with care in the configuration it leaves for customers.',
              )
            : '',
        ]
          .filter(Boolean)
          .join(t('', ' ')),
      },
    ],
    buttons: [],
    fallback: t(`可用命令：${names(commands)}`, `Commands: ${names(commands)}`),
  })
}

function names(commands: HelpCardData['commands']): string {
  return commands.map(({ name }) => name).join(' ')
}
