import type { Alert } from '../alerts/alert.ts'
import type { Move } from '../alerts/move.ts'
import type { ConsoleMessages } from '../chat/console/ports.ts'
import type { NewId } from '../ids.ts'
import type { IngestRows } from '../ingest/ports.ts'
import type { Person } from '../records/person.ts'
import type { Scope } from '../records/scope.ts'
import type { TimelineRows } from '../timeline/rows.ts'
import type { AlertTable, NewAlert } from './alerts.ts'
import { alertTable } from './alerts.ts'
import type { AssessmentTable, NightTables } from './assessments.ts'
import { assessmentTable, nightTables } from './assessments.ts'
import type { AuditTable } from './audit.ts'
import { auditTable } from './audit.ts'
import { type CareTable, careTable } from './care.ts'
import { type Opening, openCases } from './case-open.ts'
import type { Asked, CaseRules, Moved } from './cases.ts'
import { moveCase } from './cases.ts'
import { type ChatChannelTable, chatChannelTable } from './chat-channels.ts'
import { type ChatUserTable, chatUserTable } from './chat-users.ts'
import { consoleTable } from './console.ts'
import type { CustomerTable } from './customers.ts'
import { customerTable } from './customers.ts'
import type { Database } from './database.ts'
import { type DeliveryTable, deliveryTable } from './delivery.ts'
import { type EffectTable, effectTable } from './effect.ts'
import type { HeardTable } from './heard.ts'
import { heardTable } from './heard.ts'
import { type HoldoutTable, holdoutTable } from './holdout.ts'
import { inTransaction } from './in-transaction.ts'
import { type InboxTable, inboxTable } from './inbox.ts'
import { ingestRows } from './ingest-posts.ts'
import { type KeepTable, keepTable } from './keep.ts'
import { type MailedTable, mailedTable } from './mailed.ts'
import { type MergeTable, mergeTable } from './merges.ts'
import type { ModelTable } from './models.ts'
import { modelTable } from './models.ts'
import type { OutboxTable } from './outbox.ts'
import { outboxTable } from './outbox.ts'
import { type OutsideEventTable, outsideEventTable } from './outside-events.ts'
import { type PersonTable, personTable } from './person.ts'
import { type ReadingTable, readingTable } from './readings.ts'
import type { ReportTable } from './reports.ts'
import { reportTable } from './reports.ts'
import type { Db } from './rows.ts'
import type { RunningHere, RunTable } from './runs.ts'
import { runTable } from './runs.ts'
import { type SeenTables, seenTables } from './seen.ts'
import type { SettingTable } from './settings.ts'
import { settingTable } from './settings.ts'
import type { SourceTable } from './sources.ts'
import { sourceTable } from './sources.ts'
import type { Ask } from './statement.ts'
import { askPool, askWithin } from './statement.ts'
import { type StormTable, stormTable } from './storms.ts'
import { type CallTable, callTable } from './suspected.ts'
import { type ThemeTable, themeTable } from './themes.ts'
import { timelineRows } from './timeline.ts'
import type { TimerTable } from './timers.ts'
import { timerTable } from './timers.ts'
import type { Undone } from './undo.ts'
import { undoMove } from './undo.ts'

/** The tables a transaction can write together. */
export interface Tables {
  readonly customers: CustomerTable
  readonly assessments: AssessmentTable
  readonly holdout: HoldoutTable
  readonly care: CareTable
  readonly mailed: MailedTable
  readonly alerts: AlertTable
  readonly timers: TimerTable
  readonly outbox: OutboxTable
  readonly inbox: InboxTable
  readonly chatUsers: ChatUserTable
  readonly chatChannels: ChatChannelTable
  readonly settings: SettingTable
  readonly audit: AuditTable
  readonly runs: RunTable
  readonly models: ModelTable
  readonly themes: ThemeTable
  readonly outsideEvents: OutsideEventTable
  readonly storms: StormTable
  readonly calls: CallTable
  readonly heard: HeardTable
  readonly console: ConsoleMessages
  readonly person: PersonTable
  readonly merges: MergeTable
  readonly keep: KeepTable
  readonly cases: CaseOperations
}

/** Writes that span tables. */
export interface CaseOperations {
  open(alert: NewAlert, rules: CaseRules, note: string): Promise<Alert>
  /** Several at once, in their order: all or none. */
  openAll(openings: readonly Opening[], rules: CaseRules): Promise<Alert[]>
  move(id: string, move: Move, asked: Asked, rules: CaseRules): Promise<Moved>
  /** By the number people see; null: there is no such case. */
  moveNo(no: number, move: Move, asked: Asked, rules: CaseRules): Promise<Moved | null>
  undo(id: string, at: Date, asked: Asked & { person: Person }, rules: CaseRules): Promise<Undone>
}

export interface Store extends Omit<Tables, 'cases' | 'merges' | 'settings' | 'runs'>, SeenTables {
  /** Each of these is all or nothing of itself; opening a case is not, and needs a transaction. */
  readonly cases: Omit<CaseOperations, 'open' | 'openAll'>
  /** To read something and change it needs a transaction. */
  readonly settings: Omit<SettingTable, 'forUpdate'>
  /** To take turns needs one too. */
  readonly runs: Omit<RunTable, 'inTurn'>
  readonly sources: SourceTable
  readonly readings: ReadingTable
  readonly timeline: TimelineRows
  readonly reports: ReportTable
  readonly effect: EffectTable
  readonly delivery: DeliveryTable
  readonly ingest: IngestRows
  /** What is read of customers and of their words, as far as somebody sees them; null: all of it, whoever asks. */
  seen(scope: Scope | null): SeenTables
  /**
   * Runs `work` in one transaction: all of it is kept or none. Inside, only the given tables may be used;
   * nothing may wait for a network.
   */
  transaction<T>(work: (tables: Tables) => Promise<T>): Promise<T>
  /** The same for what a night writes of everyone, which is much. */
  writeNight(work: (tables: NightTables) => Promise<void>): Promise<void>
}

/** @param currency the company's: amounts in any other are kept, and count nowhere */
export function openStore(database: Database, newId: NewId, currency: string): Store {
  const { prisma, pool, embedded } = database
  const here: RunningHere = { alone: embedded, runs: new Set() }
  const ask = askPool(pool, embedded)
  return {
    ...tablesOver(prisma, ask, newId, here, currency),
    sources: sourceTable(pool, prisma, embedded),
    readings: readingTable(pool, embedded),
    ...seenTables(pool, prisma, ask, currency, null),
    seen: (scope) => seenTables(pool, prisma, ask, currency, scope),
    timeline: timelineRows(pool, prisma, currency),
    reports: reportTable(prisma, currency),
    effect: effectTable(prisma, currency),
    delivery: deliveryTable(prisma),
    ingest: ingestRows(pool, ask, embedded),
    writeNight: (work) => inTransaction(pool, (client) => work(nightTables(client, embedded, newId))),
    transaction: (work) =>
      prisma.$transaction((db) => work(tablesOver(db, askWithin(db), newId, here, currency))),
  }
}

function known<T>(found: T | null, id: string): T {
  if (found === null) throw new Error(`no alert ${id}`)
  return found
}

function tablesOver(db: Db, ask: Ask, newId: NewId, here: RunningHere, currency: string): Tables {
  const assessments = assessmentTable(db, ask, newId)
  const alerts = alertTable(db, ask)
  const outbox = outboxTable(db, ask, newId)
  const timers = timerTable(db)
  const cases = { ask, newId, alerts, assessments }
  return {
    customers: customerTable(db, ask, currency, null),
    assessments,
    holdout: holdoutTable(db, newId),
    care: careTable(db, newId),
    mailed: mailedTable(db),
    alerts,
    timers,
    outbox,
    cases: {
      open: async (alert, rules, note) => (await openCases(cases, [{ alert, note }], rules))[0]!,
      openAll: (openings, rules) => openCases(cases, openings, rules),
      move: async (id, move, asked, rules) => known(await moveCase(cases, { id }, move, asked, rules), id),
      moveNo: (no, move, asked, rules) => moveCase(cases, { no }, move, asked, rules),
      undo: async (id, at, asked, rules) => known(await undoMove(cases, id, at, asked, rules), id),
    },
    inbox: inboxTable(db, ask, newId),
    chatUsers: chatUserTable(db),
    chatChannels: chatChannelTable(db),
    settings: settingTable(db, ask, newId),
    audit: auditTable(db),
    runs: runTable(db, newId, here),
    models: modelTable(db, newId),
    themes: themeTable(db, newId),
    outsideEvents: outsideEventTable(db, newId),
    storms: stormTable(db, newId),
    calls: callTable(db),
    heard: heardTable(db),
    person: personTable(db),
    merges: mergeTable(db, outbox, newId),
    keep: keepTable(db),
    console: consoleTable(db, ask, newId),
  }
}
