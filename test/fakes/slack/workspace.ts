/** What a Slack workspace holds, as far as a bot meets it. */

export interface FakeMessage {
  ts: string
  text: string
  blocks: unknown[]
  thread: string | null
  metadata: unknown
  bot: boolean
  user: string
  /** Instant after which history shows it. Milliseconds. */
  shownFrom: number
  /** Times it was edited. */
  edits: number
}

export interface FakeChannel {
  readonly id: string
  readonly name: string
  archived: boolean
  member: boolean
  /** The one user of a direct channel. */
  readonly user: string | null
  messages: FakeMessage[]
}

export interface FakeUser {
  readonly id: string
  readonly name: string
  readonly email: string | null
  readonly locale: string
  readonly tz: string
  guest: boolean
  deleted: boolean
}

export interface Ephemeral {
  readonly channel: string
  readonly user: string
  readonly thread: string | null
  readonly text: string
  readonly blocks: unknown[]
}

export interface FakeWorkspace {
  readonly team: string
  readonly bot: { readonly user: string; readonly id: string }
  readonly channels: Map<string, FakeChannel>
  readonly users: Map<string, FakeUser>
  readonly ephemerals: Ephemeral[]
  /** Modals opened, oldest first. */
  readonly modals: { readonly trigger: string; readonly view: Record<string, unknown>; readonly id: string }[]
  readonly homes: Map<string, Record<string, unknown>>
  /** Pictures kept; `channel` null: shared nowhere, cards show them by their id. */
  readonly files: {
    readonly id: string
    readonly channel: string | null
    readonly title: string
    readonly bytes: number
  }[]
  /** Answers sent to response addresses. */
  readonly responses: Record<string, unknown>[]
  newTs(): string
  /** Called with every message of the bot as it now stands. */
  onShown: (channel: string, message: FakeMessage) => void
  /** Called with every message that the bot has taken back. */
  onGone: (channel: string, message: FakeMessage) => void
  /** Messages are stamped from this instant on. Milliseconds. */
  setTime(at: number): void
  addChannel(id: string, more?: Partial<FakeChannel>): FakeChannel
  addUser(id: string, more?: Partial<FakeUser>): FakeUser
}

export function openWorkspace(now: (() => number) | null = null): FakeWorkspace {
  let clock = 1_780_000_000
  let stamped = 0
  const channels = new Map<string, FakeChannel>()
  const users = new Map<string, FakeUser>()
  return {
    team: 'T0FAKE',
    bot: { user: 'U0BOT', id: 'B0BOT' },
    channels,
    users,
    ephemerals: [],
    modals: [],
    homes: new Map(),
    files: [],
    responses: [],
    setTime: (at) => {
      clock = Math.floor(at / 1_000)
    },
    onShown: () => {},
    onGone: () => {},
    newTs: () => {
      stamped += 1
      if (now !== null) return `${Math.floor(now() / 1_000)}.${String(stamped).padStart(6, '0')}`
      clock += 1
      return `${clock}.000100`
    },
    addChannel(id, more = {}) {
      const channel = {
        id,
        name: id.toLowerCase(),
        archived: false,
        member: true,
        user: null,
        messages: [],
        ...more,
      }
      channels.set(id, channel)
      return channel
    },
    addUser(id, more = {}) {
      const user: FakeUser = {
        id,
        name: id,
        email: `${id.toLowerCase()}@example.com`,
        locale: 'en-US',
        tz: 'Asia/Shanghai',
        guest: false,
        deleted: false,
        ...more,
      }
      users.set(id, user)
      return user
    },
  }
}
