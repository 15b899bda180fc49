import type { Block, Template } from '../src/chat/card.ts'
import { ROLES, type Role } from '../src/records/person.ts'
import type { Text } from '../src/text.ts'
import { capital, speaker } from './language.ts'
import { withinLimits } from './limits.ts'
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
}

/** What can be typed, in one table, grouped by who may. */
export const helpCard: Template<HelpCardData> = ({ commands, role }, { locale }) => {
  const t = speaker(locale)
  const held = ROLES.slice(0, ROLES.indexOf(role) + 1)
  const groups = held.flatMap((group): Block[] => {
    const rows = commands
      .filter((command) => command.role === group)
      .map(({ usage, summary }) => ({ cells: [usage, summary[locale]] }))
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
        text: t(
          '卡片上的按钮和命令效果一样。输入几个字母后按 Tab 可以补全。',
          'Buttons on cards do the same. Type a few letters and press Tab to complete.',
        ),
      },
    ],
    buttons: [],
    fallback: t(`可用命令：${names(commands)}`, `Commands: ${names(commands)}`),
  })
}

function names(commands: HelpCardData['commands']): string {
  return commands.map(({ name }) => name).join(' ')
}
