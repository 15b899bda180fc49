import type { Seen } from './ledger.ts'
import type { Mischief } from './weather.ts'

/** What a program is told of the platform; plain data. */
export interface StageSettings {
  /** Environment that lets it in. */
  readonly env: Readonly<Record<string, string>>
  /** How many times faster than the platform's own its limits are. */
  readonly faster: number
}

export interface StagePress {
  /** Names the press: the same name is the same press. */
  readonly id: string
  readonly user: string
  readonly channel: string
  readonly message: string
  readonly command: string
  readonly version: number | null
}

/** A platform under torture: a server that speaks as it does, lives with the harness and outlives the programs. */
export interface Stage {
  /** The chat as configurations name it: slack or lark. */
  readonly chat: string
  readonly workspace: string
  readonly settings: StageSettings
  /** The platform's names for channel number 1, 2 ... and for a person. */
  channel(no: number): string
  user(person: string): string
  seen(): readonly Seen[]
  /** Edits that showed an older version than the message had shown before. */
  stale(): number
  /** What was said to one person about their press; null: nothing so far. */
  answerTo(press: string): string | null
  /** What befell calls, by kind. */
  mishaps(): Readonly<Record<string, number>>
  /** Presses a button; resolves when one of the programs has acknowledged it. */
  press(press: StagePress): Promise<void>
  close(): Promise<void>
}

/** @param channels how many there are */
export type OpenStage = (channels: number, mischief?: Mischief) => Promise<Stage>
