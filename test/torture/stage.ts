import type { OpenPlatform } from '../../src/main/platforms.ts'
import { remoteChat } from '../fakes/chat-remote.ts'
import { type Mischief, openChatServer } from '../fakes/chat-server.ts'

/**
 * Where a platform plugs into the tortures of delivery and of claims: a server of its kind that outlives the programs
 * (`STAGES`), and the adapter with which a program talks to it (`openerFor`).
 */

/** What a program is told of the platform; plain data. */
export interface StageSettings {
  readonly kind: string
  readonly url: string
}

/** A message as people see it. */
export interface Seen {
  readonly message: string
  readonly channel: string
  /** Message whose thread it is in; null: of the channel itself. */
  readonly head: string | null
  /** What it says, in one piece. */
  readonly says: string
  /** Of the case, as the card shows it; null: it shows none. */
  readonly version: number | null
}

export interface StagePress {
  /** The platform's name of the event. */
  readonly id: string
  readonly user: string
  readonly channel: string
  readonly message: string
  readonly command: string
  readonly version: number | null
}

export interface Stage {
  /** The chat as configurations name it: slack or lark. */
  readonly chat: string
  readonly settings: StageSettings
  seen(): readonly Seen[]
  /** Edits that showed an older version than the message had shown before. */
  stale(): number
  /** What was said to one person, by event. */
  answerTo(event: string): string | null
  /** What befell calls, by kind. */
  mishaps(): Readonly<Record<string, number>>
  /** Presses a button; resolves when the program at this address has acknowledged it. */
  press(program: string, press: StagePress): Promise<void>
  close(): Promise<void>
}

export type OpenStage = (mischief?: Mischief) => Promise<Stage>

const WORKSPACE = 'T1'

/** A platform of no vendor that cannot tell repeats apart but can be searched, as Slack; and one that takes keys, as Lark. */
function plainStage(chat: string, keyed: boolean): OpenStage {
  return async (mischief) => {
    const server = await openChatServer({ keyed, ...(mischief === undefined ? {} : { mischief }) })
    return {
      chat,
      settings: { kind: `plain ${chat}`, url: server.url },
      seen: () =>
        server.platform.messages.map(({ id, channel, head, card }) => ({
          ...{ message: id, channel, head, says: JSON.stringify(card) },
          version: card.en.version ?? null,
        })),
      stale: () => [...server.versions.values()].reduce((sum, versions) => sum + stepsBack(versions), 0),
      answerTo: (event) => {
        const found = [...server.answers.values()].find((answer) => answer.event === event)
        return found === undefined ? null : `${found.card.en.title} ${found.card.en.fallback}`
      },
      mishaps: () => ({ ...server.mishaps }),
      press: async (program, { id, user, channel, message, command, version }) => {
        const did = { kind: 'press', command, args: '', form: null, version }
        const by = { chat, workspace: WORKSPACE, user }
        const event = { id, by, channel, isDirect: false, message, did, way: {} }
        const response = await fetch(`${program}/${chat}/events`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(event),
        })
        if (!response.ok) throw new Error(`a press was answered with ${response.status}`)
      },
      close: server.close,
    }
  }
}

function stepsBack(versions: readonly number[]): number {
  return versions.filter((version, place) => place > 0 && version < versions[place - 1]!).length
}

export const STAGES: ReadonlyMap<string, OpenStage> = new Map([
  ['searched', plainStage('slack', false)],
  ['keyed', plainStage('lark', true)],
])

/** The adapter to a stage, in the program's own process. */
export function openerFor({ kind, url }: StageSettings): OpenPlatform {
  if (kind === 'plain slack') return remoteChat({ url, name: 'slack', find: true })
  if (kind === 'plain lark') return remoteChat({ url, name: 'lark', find: false })
  throw new Error(`there is no stage of the kind ${kind}`)
}
