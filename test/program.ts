import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { commands } from '../commands/index.ts'
import { jobs } from '../jobs/index.ts'
import type { CardTexts } from '../src/chat/card.ts'
import { consoleChat } from '../src/chat/console/client.ts'
import type { WireAnswer, WireMessage } from '../src/chat/console/wire.ts'
import { openOutbox } from '../src/chat/outbox.ts'
import { VirtualClock } from '../src/clock.ts'
import { type Env, readConfig } from '../src/config.ts'
import type { Context } from '../src/context.ts'
import { seededIds } from '../src/ids.ts'
import { openLog } from '../src/log.ts'
import { openCourier } from '../src/main/care.ts'
import { openDesk } from '../src/main/desk.ts'
import { openStaffMail } from '../src/main/mail.ts'
import { presenter } from '../src/main/present.ts'
import { openForeshock } from '../src/main.ts'
import type { JobReport } from '../src/records/job-report.ts'
import type { TestPlace } from './places.ts'

/** The whole program on real SQL with a fixed clock and the console chat, driven by hand. */
export interface TestProgram {
  readonly ctx: Context
  readonly clock: VirtualClock
  readonly folder: string
  /** Writes a source file below the configuration's folder. */
  write(file: string, text: string | Buffer): void
  /** Runs a job now and delivers what it caused. */
  run(job: string): Promise<JobReport>
  /** Delivers what is due. */
  deliver(): Promise<void>
  /** Types a line as a person; delivers what it caused; gives the answer. */
  say(person: string, line: string, request?: string): Promise<CardTexts>
  /** Presses a button of a message. */
  press(
    person: string,
    message: WireMessage,
    command: string,
    form?: Record<string, string>,
    request?: string,
  ): Promise<WireAnswer>
  /** Messages of a channel, oldest first, as an admin sees them. */
  channel(id: string): Promise<WireMessage[]>
  thread(message: WireMessage): Promise<WireMessage[]>
  /** What someone with the database's password could do. */
  sql(text: string): Promise<Record<string, unknown>[]>
  close(): Promise<void>
}

/** Opens a program whose configuration is `yaml`. Options: where its data lives, when it is, and the environment. */
export async function openTestProgram(
  yaml: string,
  where: TestPlace,
  now: string,
  env: Env = {},
): Promise<TestProgram> {
  const folder = mkdtempSync(join(tmpdir(), 'foreshock-test-'))
  const file = join(folder, 'foreshock.yaml')
  writeFileSync(file, yaml)
  const { place, drop } = await where.place()
  const clock = new VirtualClock(new Date(now))
  const newId = seededIds('test')
  const log = openLog('silent')
  const { ctx, close, database } = await openForeshock({
    config: readConfig(file, env),
    log,
    clock,
    newId,
    place,
  })
  const broadcast = { message: () => {}, clock: () => {}, progress: () => {} }
  const mail = openStaffMail(ctx)
  const chats = new Map([['console', consoleChat(ctx.store.console, broadcast, clock)]])
  if (mail !== null) chats.set('mail', mail.chat)
  const courier = openCourier(ctx)
  const outbox = openOutbox({ rows: ctx.store.outbox, chats, render: presenter(ctx), courier, clock, log })
  const desk = openDesk(ctx, commands, broadcast, null, () => null)
  const admin = ctx.people.all.find((person) => person.role === 'admin')!.id
  let requests = 0
  const nextRequest = (): string => {
    requests += 1
    return `request-${requests}`
  }
  return {
    ctx,
    clock,
    folder,
    write: (name, text) => writeFileSync(join(folder, name), text),
    run: async (name) => {
      const report = await jobs.find((job) => job.name === name)!.run(ctx, new AbortController().signal)
      await outbox.drain()
      return report
    },
    deliver: () => outbox.drain(),
    say: async (person, line, request = nextRequest()) => {
      await desk.say({ person, channel: 'alerts', thread: null, line, request })
      await outbox.drain()
      const { messages } = await ctx.store.console.list({
        channel: 'alerts',
        reader: person,
        before: null,
        limit: 1,
      })
      return messages[0]!.card!
    },
    press: async (person, message, command, form, request = nextRequest()) => {
      const answer = await desk.press({
        person,
        channel: message.channel,
        message: message.id,
        command,
        args: '',
        form: form ?? null,
        request,
      })
      await outbox.drain()
      return answer
    },
    channel: async (id) =>
      (await ctx.store.console.list({ channel: id, reader: admin, before: null, limit: 500 })).messages,
    thread: (message) => ctx.store.console.thread(message.id, admin),
    sql: async (text) => (await database.pool.query<Record<string, unknown>>(text)).rows,
    close: async () => {
      await outbox.stop()
      await close()
      await drop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
