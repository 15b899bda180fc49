import { ForeshockError } from '../errors.ts'

/** What the work gives; where the signal stopped it, CONFLICT with what running it `again` is for. */
export async function unlessStopped<Result>(
  signal: AbortSignal,
  again: string,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    if (!signal.aborted) throw error
    throw new ForeshockError('CONFLICT', 'Stopped before the end.', `Run it again for ${again}.`)
  }
}
