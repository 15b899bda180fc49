import type { Block, Template } from '../src/chat/card.ts'
import { ROLE_HELD, type Role } from '../src/records/person.ts'
import type { Text } from '../src/text.ts'
import { capital, speaker, zh } from './language.ts'
import { LIMITS, shown, withinLimits } from './limits.ts'
import { personName } from './names.ts'
import { noteCard } from './note.ts'
import { pageButtons, pageOf } from './pages.ts'
import { CHAT } from './words.ts'

/** People a page can hold and still be a card. */
export const ROLE_PAGE = 20
const MOST_WAITING = 10

export interface RoleCardData {
  readonly people: readonly {
    readonly id: string
    readonly name: Text
    readonly role: Role
    /** Platforms where an account of theirs is known. */
    readonly chats: readonly string[]
  }[]
  /** Accounts that are nobody's yet. */
  readonly waiting: readonly { readonly chat: string; readonly name: string; readonly code: string }[]
  readonly total: number
  readonly page: number
  readonly pages: number
}

/** Who is who, and which accounts wait to be linked. */
export const roleCard: Template<RoleCardData> = (data, view) => {
  const { locale } = view
  const t = speaker(locale)
  const title = t('团队和权限', 'People and roles')
  const count = t(`共 ${data.total} 人`, `${data.total} in all`) + pageOf(data, view)
  const chatName = (chat: string) => shown((CHAT[chat] ?? { zh: chat, en: chat })[locale], LIMITS.cell)
  const waiting: Block[] =
    data.waiting.length === 0
      ? []
      : [
          {
            kind: 'table',
            columns: t('等待关联|在哪|验证码', 'Waiting to be linked|Where|Code').split('|'),
            rows: data.waiting.slice(0, MOST_WAITING).map(({ chat, name, code }) => ({
              cells: [shown(name, LIMITS.cell), chatName(chat), code],
            })),
          },
        ]
  return withinLimits({
    accent: data.waiting.length === 0 ? 'neutral' : 'P2',
    title,
    subtitle: count,
    blocks: [
      {
        kind: 'table',
        columns: t('谁|角色|聊天账号', 'Who|Role|Accounts').split('|'),
        rows: data.people.slice(0, ROLE_PAGE).map(({ id, name, role, chats }) => ({
          cells: [
            shown(`${personName(name, locale)} (${id})`, 48),
            capital(ROLE_HELD[role][locale]),
            chats.length === 0 ? t('没有', 'None') : chats.map(chatName).join(t('、', ', ')),
          ],
        })),
      },
      ...waiting,
      {
        kind: 'note',
        text: t(
          '关联：role link 谁 验证码；解除：role unlink 谁；调整角色：role grant 谁 manager',
          'To link: role link WHO CODE. To unlink: role unlink WHO. To grant: role grant WHO manager',
        ),
      },
    ],
    buttons: pageButtons(data, 'role', 'list', view),
    fallback: `${title}${t('：', ': ')}${count}`,
  })
}

export const roleGrantedNote: Template<{ readonly personName: Text; readonly role: Role }> = (
  data,
  { locale },
) => {
  const t = speaker(locale)
  const who = personName(data.personName, locale)
  return noteCard(
    'ok',
    t(
      data.role === 'viewer' ? zh`${who}现在只能查看` : zh`${who}现在是${ROLE_HELD[data.role].zh}`,
      `${who} is now ${data.role === 'admin' ? 'an' : 'a'} ${ROLE_HELD[data.role].en}`,
    ),
    t('几秒内在所有聊天里生效。', 'In every chat within seconds.'),
  )
}
