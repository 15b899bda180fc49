import type { AlertState, Result, Verb } from '../src/alerts/alert.ts'
import type { Refusal } from '../src/alerts/transition.ts'
import type { Card, Template, View } from '../src/chat/card.ts'
import type { Role } from '../src/records/person.ts'
import type { Text } from '../src/text.ts'
import { speaker, zh } from './language.ts'
import { LIMITS, shown, withinLimits } from './limits.ts'
import { personName } from './names.ts'
import { moment } from './times.ts'
import { alertNo, customerNo, ROLE, STATE, VERB } from './words.ts'

/** A small answer to the one who asked: it worked, it did not quite, it failed. */
export function noteCard(kind: 'ok' | 'warn' | 'error', title: string, body: string): Card {
  const accent = { ok: 'good', warn: 'P2', error: 'P0' } as const
  const text = shown(body, LIMITS.field)
  const heading = shown(title, LIMITS.title).replace(/[。.]$/, '')
  return withinLimits({
    accent: accent[kind],
    title: heading,
    blocks: text === '' ? [] : [{ kind: 'text', text }],
    buttons: [],
    fallback: text === '' ? heading : `${heading} · ${text}`,
  })
}

/** An expected error: what is wrong, and how to mend it. Takes a ForeshockError's `said`. */
export const errorNote: Template<{ readonly what: Text; readonly hint: Text }> = (
  { what, hint },
  { locale },
) => noteCard('error', what[locale], hint[locale])

/** A bug: the reader learns what to check and what to quote when asking for help. */
export const brokenNote: Template<{ readonly reference: string }> = ({ reference }, { locale }) => {
  const t = speaker(locale)
  return noteCard(
    'error',
    t('没能完成，问题出在程序。', 'That did not work; the fault is ours.'),
    t(
      `操作可能没有完成，请先看卡片上的状态再试。找管理员时请报编号 ${reference}。`,
      `It may not have gone through: check the card, then try again. If it keeps happening, give your admin this reference: ${reference}.`,
    ),
  )
}

/** Goes with a form that opens: nothing has happened yet. */
export const askNote: Template<{ readonly no: number }> = ({ no }, { locale }) => {
  const t = speaker(locale)
  return noteCard(
    'warn',
    t(zh`${alertNo(no)} 还差一步`, `${alertNo(no)}: one more step`),
    t('请填写表单，提交后才会生效。', 'Fill in the form; nothing changes until you send it.'),
  )
}

export const claimedNote: Template<{ readonly no: number }> = ({ no }, { locale }) => {
  const t = speaker(locale)
  const next = t('联系上客户后，点“已联系”。', 'Once you have reached the customer, press Contacted.')
  return noteCard('ok', t(zh`${alertNo(no)} 归你了`, `${alertNo(no)} is yours`), next)
}

/** Claimed once more by whoever has it. */
export const yoursNote: Template<{ readonly no: number }> = ({ no }, { locale }) =>
  noteCard(
    'ok',
    speaker(locale)(zh`你已经认领了 ${alertNo(no)}`, `${alertNo(no)} is already claimed by you`),
    '',
  )

export const contactedNote: Template<{ readonly no: number }> = ({ no }, { locale }) => {
  const t = speaker(locale)
  return noteCard(
    'ok',
    t(zh`${alertNo(no)} 已记为联系过`, `${alertNo(no)}: contact noted`),
    t(
      '有结果后记得结案；客户愿意留下，就标记已留住。',
      'Close the case when there is an outcome, or mark it retained.',
    ),
  )
}

/** `watchUntil` is set when the customer stays: the case goes on as a watch. */
export const resolvedNote: Template<{
  readonly no: number
  readonly result: Result
  readonly watchUntil: Date | null
}> = ({ no, result, watchUntil }, view) => {
  if (watchUntil !== null) return retainedNote({ no, watchUntil }, view)
  const t = speaker(view.locale)
  const body =
    result === 'lost'
      ? t(
          '谢谢如实填写，真实原因能帮到后面的客户。',
          'Thank you for the honest reason; it helps with the next customer.',
        )
      : t('结果已记录。', 'The outcome is recorded.')
  return noteCard('ok', t(zh`${alertNo(no)} 已结案`, `${alertNo(no)} is closed`), body)
}

export const retainedNote: Template<{ readonly no: number; readonly watchUntil: Date }> = (
  { no, watchUntil },
  view,
) => {
  const t = speaker(view.locale)
  const until = moment(watchUntil, view)
  return noteCard(
    'ok',
    t(zh`${alertNo(no)} 进入观察期`, `${alertNo(no)} is on watch`),
    t(
      zh`观察至${until}。期间再有流失信号会马上提醒你；平安过完，才计入留住。`,
      `Until ${until}. If the signs return you will hear at once; if not, the customer counts as retained.`,
    ),
  )
}

export const snoozedNote: Template<{ readonly no: number; readonly until: Date }> = ({ no, until }, view) => {
  const t = speaker(view.locale)
  return noteCard(
    'ok',
    t(zh`${alertNo(no)} 已暂缓`, `${alertNo(no)} is snoozed`),
    t(`${moment(until, view)} 再提醒你。`, `Reminder: ${moment(until, view)}.`),
  )
}

export const dismissedNote: Template<{ readonly no: number }> = ({ no }, { locale }) => {
  const t = speaker(locale)
  return noteCard(
    'ok',
    t(zh`${alertNo(no)} 已标记为无风险`, `${alertNo(no)} is marked as not a risk`),
    t('同样的迹象不再提醒，除非出现新的信号。', 'The same signs will not raise it again; new ones would.'),
  )
}

/** Someone else was faster. `at` is when they claimed it; null when that is not known. */
export const alreadyClaimedNote: Template<{
  readonly no: number
  readonly ownerName: Text
  readonly at: Date | null
}> = ({ no, ownerName, at }, view) => {
  const t = speaker(view.locale)
  const owner = personName(ownerName, view.locale)
  const when = at === null ? '' : moment(at, view)
  return noteCard(
    'warn',
    t(zh`${alertNo(no)} 已由${owner}认领`, `${alertNo(no)} is already claimed by ${owner}`),
    t(
      `${when === '' ? '' : `${when} 认领。`}想帮忙的话，在话题里说一声。`,
      `${when === '' ? '' : `Claimed ${when}. `}To help, say so in the thread.`,
    ),
  )
}

export interface RefusedNoteData {
  readonly refusal: Refusal
  readonly no: number
  readonly verb: Verb
  readonly state: AlertState
  readonly ownerName: Text | null
  readonly claimedAt: Date | null
  /** The role the verb needs. */
  readonly role: Role
  /** The case a relapse opened in its place; null: none. */
  readonly relapseNo: number | null
}

/** What may not be done to a case, and why. */
export const refusedNote: Template<RefusedNoteData> = (data, view) => {
  const { refusal, no, ownerName } = data
  const t = speaker(view.locale)
  const id = alertNo(no)
  const state = STATE[data.state][view.locale]
  const verb = VERB[data.verb][view.locale]
  const owner = ownerName === null ? t('别的同事', 'someone else') : personName(ownerName, view.locale)
  switch (refusal) {
    case 'already-claimed':
      if (ownerName !== null) return alreadyClaimedNote({ no, ownerName, at: data.claimedAt }, view)
      return noteCard('warn', t(zh`${id} 已有人认领`, `${id} is already claimed`), '')
    case 'closed':
      return noteCard(
        'warn',
        t(zh`${id} 已经结束（${state}）`, `${id} is over (${state})`),
        data.relapseNo === null
          ? t(
              '结束的预警不能再改；客户再出现流失信号，会另开一条。',
              'A case that has ended stays as it is; new signs open a new case.',
            )
          : t(zh`请到 ${alertNo(data.relapseNo)} 继续跟进。`, `Work goes on in ${alertNo(data.relapseNo)}.`),
      )
    case 'not-now':
      return noteCard(
        'warn',
        t(zh`${id} 现在不能${verb}`, `${id} cannot be ${verb} now`),
        t(`它目前的状态是“${state}”。`, `It stands at “${state}”.`),
      )
    case 'not-yours':
      return noteCard(
        'warn',
        t(zh`${id} 由${owner}负责`, `${id} belongs to ${owner}`),
        t('请本人操作，或请主管代为处理。', 'Ask them, or a manager, to do it.'),
      )
    case 'role':
      return noteCard(
        'error',
        t(`你没有权限${verb}`, 'Your role does not allow this'),
        needed(data.role, view),
      )
  }
}

function needed(role: Role, { locale }: View): string {
  const t = speaker(locale)
  if (role === 'admin') return t('只有管理员可以操作。', 'Only admins can do it.')
  return t(
    `需要${ROLE[role].zh}及以上的权限，可以找管理员开通。`,
    `Only ${ROLE[role].en} and above can do it; an admin can grant the role.`,
  )
}

/** Said when `why` or `show` meets a customer nobody has scored yet. */
export const notScoredNote: Template<{ readonly no: number }> = ({ no }, { locale }) => {
  const t = speaker(locale)
  return noteCard(
    'warn',
    t(zh`${customerNo(no)} 还没有评分`, `${customerNo(no)} has not been scored yet`),
    t('下次评分后再来看。', 'Ask again after the next scoring.'),
  )
}
