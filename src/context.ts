import type { CarePlan } from './alerts/care-plan.ts'
import type { ChannelRef } from './chat/chat.ts'
import type { Clock } from './clock.ts'
import type { Config } from './config.ts'
import type { QualityFinding } from './features/completeness.ts'
import type { Profile } from './features/profile.ts'
import type { SegmentPlan } from './features/segment-plan.ts'
import type { NewId } from './ids.ts'
import type { DriftReport } from './learning/drift.ts'
import type { Notice } from './learning/notice.ts'
import type { Sidecar } from './learning/sidecar.ts'
import type { Trial } from './learning/trial.ts'
import type { Log } from './log.ts'
import type { Person, Role } from './records/person.ts'
import type { Scope } from './records/scope.ts'
import type { AlertTier } from './risk/assessment.ts'
import type { Scorer } from './risk/scorer.ts'
import type { Settings } from './settings/settings.ts'
import type { Source } from './sources/source.ts'
import type { CaseRules } from './store/cases.ts'
import type { Store } from './store/store.ts'
import type { Locale, Text } from './text.ts'
import type { Journey } from './voice/journey.ts'
import type { LexiconEntry } from './voice/lexicon.ts'
import type { PresentLexicon } from './voice/lexicon-changes.ts'
import type { MoodOf } from './voice/mood.ts'
import type { VoiceReader } from './voice/reading.ts'
import type { Segmenter } from './voice/terms.ts'

/** Everything commands and jobs may touch. `main` makes it; tests make it from the same parts. */
export interface Context {
  readonly clock: Clock
  readonly newId: NewId
  readonly log: Log
  readonly config: Config
  readonly profile: Profile
  /** How customers are grouped, with the advice for each group. */
  readonly segmentPlan: SegmentPlan
  /** Weeks of care for customers in danger. */
  readonly carePlan: CarePlan
  readonly store: Store
  /** As much of all customers as `store` gives its reader; null: everyone. */
  readonly scope: Scope | null
  readonly sources: readonly Source[]
  readonly pulls: Pulls
  readonly scorer: Scorer
  readonly people: People
  /** Every command, for `help` and completion. */
  readonly commands: readonly CommandInfo[]
  readonly voice: {
    /** As shipped and configured, before changes from chat. */
    readonly terms: readonly LexiconEntry[]
    readonly lexicon: PresentLexicon
    readonly mood: MoodOf
    /** What voices are read with now: words as changed from chat, topics, and what was learned. */
    reader(): Promise<VoiceReader>
    /** Where customers stand when they speak, and what tells it. */
    readonly journey: Journey
    /** How their words are told apart, for finding them. */
    readonly segmenter: Segmenter
  }
  readonly models: Models
  /**
   * What makes a file for a spreadsheet of everything that a line finds, for somebody who may see it; that they took it stands
   * in the sealed record. Throws BAD_INPUT at once for a line that has no table; made, it throws what its command throws.
   */
  tableOf(by: Person, line: string): () => Promise<TableFile>
  /** How whole the data is now, against its targets. */
  quality(): Promise<QualityFinding[]>
  /** Present settings: stored values over defaults. */
  settings(): Promise<Settings>
  /** What opening and moving cases follows, from the present settings and routes. */
  caseRules(): Promise<CaseRules>
  /** Every channel and the tiers it takes. */
  routes(): Promise<readonly Route[]>
  /** Something was committed for delivery. */
  wake(): void
  /** Long work tells how far it is; null: done. `share` is 0..1. */
  progress(at: { readonly label: Text; readonly share: number | null } | null): void
}

/** What is being pulled by this process, also behind the job that began it. */
export interface Pulls {
  /**
   * Does the work of one pull and gives what it gives; null where the source is being pulled already, or takes longer than
   * it is waited for: the work then goes on behind, and closing the program ends it.
   *
   * @param how `patience` in milliseconds, null: without end. While a first pull keeps bringing rows (`brought`), it is
   * waited for anew
   */
  run<T>(
    source: string,
    how: { readonly signal: AbortSignal; readonly patience: number | null; readonly isFirst: boolean },
    work: (signal: AbortSignal, brought: () => void) => Promise<T>,
  ): Promise<T | null>
  /** Since when a source is being pulled; null: it is not. */
  since(source: string): Date | null
}

/** A table for a spreadsheet. */
export interface TableFile {
  readonly name: string
  readonly csv: string
  readonly rows: number
  /** There may be more than these. */
  readonly more: boolean
}

/** A channel, and which tiers' cards it takes. */
export interface Route extends ChannelRef {
  /** What people call it: its id in the configuration, else the platform's. */
  readonly id: string
  /** Null: it is not in the configuration. */
  readonly title: Text | null
  readonly tiers: readonly AlertTier[]
  /** Without changes from chat. */
  readonly configured: readonly AlertTier[]
  readonly notices: boolean
  /** Takes the cards of high-value customers who say that they leave, whatever their tier's channel. */
  readonly retention: boolean
  /** Null: the company's. */
  readonly locale: Locale | null
}

export interface Adopted {
  readonly no: number
  readonly algorithm: string
  readonly trial: Trial
}

/** Learned models beyond what is stored of them. */
export interface Models {
  /** Learns one from everything known now, keeps it and tells the keepers; also why it could not be. */
  train(by: string, signal?: AbortSignal): Promise<Notice>
  /** The same without waiting for it; false: one is under way. */
  begin(by: string): boolean
  training(): boolean
  /** Takes in a model made elsewhere: proves its file, tries it on the latest months, keeps it. Its number, and how it did. */
  adopt(model: { readonly file: Uint8Array; readonly sidecar: Sidecar }, by: string): Promise<Adopted>
  /** Holds a model against the rules and, where it is another, the model in use on the latest months whose outcome is known. Throws NOT_FOUND, or what is wrong with its file. */
  evaluate(no: number): Promise<Trial>
  /** Looks whether the model in use still fits the customers, and tells the keepers, with those of late whom nobody warned of; null: none is in use, and they are told of these alone. */
  drift(signal?: AbortSignal): Promise<DriftReport | null>
  /** Why the model in use does not judge; null: it does, or there is none. */
  fault(): Text | null
}

/** What may follow a command's name. */
export type Takes =
  | 'alert'
  | 'customer'
  | 'setting'
  | 'command'
  | 'ranking'
  | 'stats'
  | 'tier'
  | 'lexicon'
  | 'rule'
  | 'voc'
  | 'theme'
  | 'calendar'
  | 'storms'
  | 'voices'
  | 'source'
  | 'digest'
  | 'roi'
  | 'review'

export interface CommandInfo {
  readonly name: string
  readonly usage: string
  readonly summary: Text
  readonly role: Role
  readonly takes?: Takes
}

export interface People {
  readonly all: readonly Person[]
  get(id: string): Person | null
}
