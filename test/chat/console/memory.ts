import type { Broadcast, ConsoleDesk, ConsoleMessages } from '../../../src/chat/console/ports.ts'
import type { WireChannel, WireHint, WirePerson, WireProgress } from '../../../src/chat/console/wire.ts'
import type { VirtualClock } from '../../../src/clock.ts'
import { ForeshockError } from '../../../src/errors.ts'
import { same, text } from '../../../src/text.ts'
import { alertCard, outcomeForms, smallCard, topCard, undoCard } from './cards.ts'

const PEOPLE: readonly WirePerson[] = [
  { id: 'li', name: text('李倩', 'Li Qian'), role: 'csm', locale: 'zh', timeZone: 'Asia/Shanghai' },
  { id: 'zhou', name: text('周敏', 'Zhou Min'), role: 'manager', locale: 'zh', timeZone: 'Asia/Shanghai' },
  { id: 'sam', name: text('萨姆', 'Sam Okoro'), role: 'admin', locale: 'en', timeZone: 'Europe/London' },
]

const CHANNELS: readonly WireChannel[] = [
  {
    id: 'alerts',
    title: text('客户预警', 'Alerts'),
    about: text('可能离开的客户，按轻重处理', 'Customers who may leave, most urgent first'),
  },
  {
    id: 'retention',
    title: text('挽留小组', 'Retention'),
    about: text('只有 P0：两小时内要通上电话', 'P0 only: a call within two hours'),
  },
  {
    id: 'general',
    title: text('大厅', 'General'),
    about: text('日常提问和闲聊', 'Questions and small talk'),
  },
]

const COMMANDS: readonly { name: string; zh: string; en: string }[] = [
  { name: 'top', zh: '最该先联系的客户', en: 'Customers to reach first' },
  { name: 'show', zh: '看一位客户', en: 'Look at one customer' },
  { name: 'mine', zh: '我手上的案件', en: 'My cases' },
  { name: 'resolve', zh: '结案并写下结果', en: 'Close a case with its outcome' },
  { name: 'help', zh: '能用的命令', en: 'What you can type' },
]

export interface MemoryDesk extends ConsoleDesk {
  /** Every say and press that reached the desk. */
  readonly calls: readonly Readonly<Record<string, unknown>>[]
  progress: WireProgress | null
}

/** A desk that can claim and resolve one case (posted as message `M-1`), answer a few commands and move its clock. */
export function memoryDesk(messages: ConsoleMessages, broadcast: Broadcast, time: VirtualClock): MemoryDesk {
  const calls: Record<string, unknown>[] = []
  const personOf = (id: string | null) => PEOPLE.find((person) => person.id === (id ?? 'li'))
  let owner: string | null = null
  let version = 1
  let closed = false
  let playing = false

  async function redraw(): Promise<void> {
    version += 1
    const edited = await messages.edit('M-1', alertCard({ no: 1042, owner, version, closed }), time.now())
    if (edited) broadcast.message(edited)
  }

  async function post(message: Parameters<ConsoleMessages['add']>[0]): Promise<void> {
    broadcast.message(await messages.add(message))
    if (message.thread === null) return
    const head = await messages.get(message.thread)
    if (head) broadcast.message(head)
  }

  const state = () => ({ now: time.now().toISOString(), playing, busy: false })

  return {
    calls,
    progress: null,

    async session(id) {
      const me = personOf(id)
      if (!me)
        throw new ForeshockError('NOT_FOUND', text(`没有 ${id} 这个人。`, `There is no person ${id}.`), '')
      const company = text('启程汽车', 'Qicheng Auto')
      return {
        company,
        timeZone: 'Asia/Shanghai',
        me,
        people: PEOPLE,
        channels: CHANNELS,
        clock: state(),
        progress: this.progress,
      }
    },

    async say(q) {
      calls.push({ kind: 'say', ...q })
      if (q.line === 'crash') throw new Error('secret path /etc/shadow')
      const at = time.now()
      const { channel, thread } = q
      if (!q.form)
        await post({
          channel,
          thread,
          author: q.person,
          at,
          line: q.line,
          card: null,
          onlyFor: null,
          key: q.request,
        })
      const answer = { channel, thread, author: 'foreshock', at, line: null, key: `${q.request} answer` }
      if (q.line.startsWith('top')) {
        await post({ ...answer, card: topCard(), onlyFor: null })
      } else if (q.line === 'mine') {
        await post({ ...answer, card: smallCard('你手上没有案件', 'You have no cases'), onlyFor: q.person })
      } else if (q.line.startsWith('resolve')) {
        if (!q.form) return { note: null, form: { form: outcomeForms, command: 'resolve', args: 'A-1042' } }
        closed = true
        await redraw()
      } else if (q.line.startsWith('help')) {
        return { note: smallCard('可以输入 top、mine、show', 'You can type top, mine, show'), form: null }
      } else {
        throw new ForeshockError(
          'BAD_INPUT',
          text(`没有“${q.line}”这个命令。`, `There is no command "${q.line}".`),
          text('输入 help 看看能做什么。', 'Type help to see what there is.'),
        )
      }
      return { note: null, form: null }
    },

    async press(q) {
      calls.push({ kind: 'press', ...q })
      if (q.command === 'claim') {
        if (owner !== null)
          throw new ForeshockError('CONFLICT', text('已被认领。', 'It is already claimed.'), '')
        owner = personOf(q.person)!.name.zh
        await redraw()
        const card = smallCard(
          `${owner} 认领了这个案件`,
          `${personOf(q.person)!.name.en} claimed this case`,
          'good',
        )
        await post({
          channel: q.channel,
          thread: q.message,
          author: 'foreshock',
          at: time.now(),
          line: null,
          card,
          onlyFor: null,
          key: q.request,
        })
        return { note: undoCard(q.args), form: null }
      } else if (q.command === 'undo') {
        owner = null
        await redraw()
        return { note: smallCard('已撤销认领', 'The claim is undone'), form: null }
      } else if (q.command === 'resolve') {
        closed = true
        await redraw()
      } else {
        return {
          note: smallCard(`${q.command} ${q.args}：这里是详情`, `${q.command} ${q.args}: the details`),
          form: null,
        }
      }
      return { note: null, form: null }
    },

    async table(person, line) {
      return { name: 'search.csv', csv: `\ufeff${person},${line}\r\n` }
    },

    async complete(_person, line): Promise<WireHint[]> {
      return COMMANDS.filter(({ name }) => name.startsWith(line.trim()) && !line.includes(' ')).map(
        ({ name, zh, en }) => ({
          line: `${name} `,
          label: same(name),
          detail: text(zh, en),
        }),
      )
    },

    clock: {
      state,
      advance(hours) {
        time.advance(hours * 3_600_000)
        broadcast.clock(state())
      },
      play(on) {
        playing = on
        broadcast.clock(state())
      },
    },
  }
}
