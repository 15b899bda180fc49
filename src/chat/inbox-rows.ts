import type { Inbound } from './inbound.ts'

/** An event that was kept, leased to this process until the lease runs out. */
export interface InboxItem {
  readonly id: string
  readonly epoch: number
  readonly attempts: number
  readonly event: Inbound
}

/** What the loop needs of the stored inbox. Every write says whether the lease was still held. */
export interface InboxRows {
  /** The oldest event of each account that is due. */
  lease(now: Date, until: Date, limit: number): Promise<InboxItem[]>
  done(item: InboxItem, now: Date): Promise<boolean>
  /** Kept back until it is known whose it is. */
  hold(item: InboxItem, now: Date): Promise<boolean>
  retry(item: InboxItem, error: string, notBefore: Date): Promise<void>
  dead(item: InboxItem, error: string, now: Date): Promise<boolean>
  prune(before: Date): Promise<number>
}
