import type { Clock } from '../clock.ts'
import type { Log } from '../log.ts'
import type { Chat } from './chat.ts'
import type { Courier, DeadReason, OutboxEntry, OutboxRows, Renderer } from './outbox-rows.ts'

/** What delivering takes. */
export interface Delivery<Item extends OutboxEntry> {
  readonly rows: OutboxRows<Item>
  readonly chats: ReadonlyMap<string, Chat>
  readonly render: Renderer
  /** Absent: no care leaves. */
  readonly courier?: Courier | null
  readonly clock: Clock
  readonly log: Log
  /** The lease is nearly over: too late to begin anything that another process would not know of. */
  isLate(): boolean
  /** Something was put aside: finds its card another place. */
  elsewhere?(item: Item, reason: DeadReason): Promise<void>
}
