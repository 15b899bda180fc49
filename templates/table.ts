import type { Card, Template } from '../src/chat/card.ts'
import { speaker } from './language.ts'
import { LIMITS, shown } from './limits.ts'
import { noteCard } from './note.ts'

interface Made {
  readonly line: string
  readonly name: string
  readonly rows: number
  /** There may be more than these. */
  readonly more: boolean
}

/** On the console: its download button makes the file. */
export const tableReady: Template<Pick<Made, 'line'>> = ({ line }, { locale }): Card => {
  const t = speaker(locale)
  const title = t('表格可以下载了', 'The table is ready')
  return { ...noteCard('ok', title, shown(line, LIMITS.field)), table: line }
}

/** It was handed over in the asker's own chat with the bot. */
export const tableGiven: Template<Made> = ({ name, rows, more }, { locale }) => {
  const t = speaker(locale)
  const count = t(`${name}，${rows} 行。`, `${name}, ${rows} ${rows === 1 ? 'row' : 'rows'}.`)
  const rest = more ? t('可能还有更多，请缩小范围。', ' There may be more: narrow it down.') : ''
  return noteCard('ok', t('表格已私信发给你', 'The table is in your direct messages'), count + rest)
}

/** The chat would not take the file. */
export const tableWithheld: Template<Made> = ({ line }, { locale }) => {
  const t = speaker(locale)
  return noteCard(
    'warn',
    t('这里发不了文件', 'No file can be sent here'),
    t(
      `机器人没有发送文件的权限，或平台没有收下。可以在控制台输入同一行来下载：${line}。管理员可运行 doctor 查看缺哪项权限。`,
      `The bot may not send files, or the platform did not take it. Type the same line on the console to download it: ${line}. Admins: doctor names what is missing.`,
    ),
  )
}
