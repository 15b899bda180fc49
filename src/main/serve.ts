import { start } from '../main.ts'
import { openersFor } from './connect.ts'
import { stopSignal } from './program.ts'
import type { Terminal } from './terminal.ts'

/** Runs until told to stop, then ends what is under way. */
export async function serve(parts: Parameters<typeof start>[0], terminal: Terminal): Promise<void> {
  const stop = stopSignal()
  const away: { leave(why: string): void } = { leave: () => {} }
  const giveUp = (why: string): void => away.leave(why)
  const platforms = await openersFor(parts.config)
  const running = await start({ ...parts, platforms, progress: terminal.progress, giveUp })
  terminal.say(`Console: ${running.address}`)
  terminal.note({ console: running.address })
  const end = (): void => {
    terminal.say('Stopping…')
    running.close().then(
      () => process.exit(process.exitCode),
      (error: unknown) => {
        parts.log.error({ error }, 'it did not stop cleanly')
        process.exit(1)
      },
    )
  }
  // A connection that is gone for good is for the supervisor to mend: it starts the program anew.
  away.leave = (why) => {
    parts.log.error({ why }, 'a chat platform stays away; the program ends so that it is started anew')
    process.exitCode = 1
    end()
  }
  if (stop.aborted) return end()
  stop.addEventListener('abort', end)
  running.ready.then(
    () => {
      if (stop.aborted) return
      terminal.done()
      terminal.say(`Ready. The cards are at ${running.address}`)
    },
    (error: unknown) => {
      if (!stop.aborted) parts.log.error({ error }, 'the first round failed; the schedule goes on')
    },
  )
}
