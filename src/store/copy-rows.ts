import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setImmediate } from 'node:timers/promises'
import type { ClientBase } from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import type { NewId } from '../ids.ts'
import { TIERS } from '../risk/assessment.ts'
import { spare } from '../risk/spare.ts'
import type { Written } from '../risk/written.ts'
import { putInstant, putUuid, putWhole } from './binary-arrays.ts'

const COPY = `COPY assessment (id, customer, as_of, tier, reason, score, priority, body, model, profile, standing, factors)
  FROM STDIN (FORMAT binary)`
const FIELDS = 12

/** What a binary COPY begins and ends with. */
const HEAD = Buffer.concat([Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1'), Buffer.alloc(8)])
const TAIL = Buffer.from([0xff, 0xff])

/** Bytes of a row besides its words: lengths, ids, numbers, a tier. */
const REST = 160

/** Memory of rows that have been taken. */
const taken = spare<Buffer>(128)
const USUAL = 2 ** 18

/** Lists whose rows go without a turn for others. */
const IN_ONE_GO = 8

/** Hands a server these rows by COPY, which it takes in half the time of a statement. */
export async function copyWritten(
  client: ClientBase,
  lists: readonly Written[],
  newId: NewId,
): Promise<void> {
  const used: Buffer[] = []
  async function* chunks(): AsyncGenerator<Buffer> {
    yield HEAD
    for (const [nth, written] of lists.entries()) {
      const memory = memoryFor(written)
      used.push(memory)
      yield memory.subarray(0, putRows(memory, written, newId))
      if (nth % IN_ONE_GO === IN_ONE_GO - 1) await setImmediate()
    }
    yield TAIL
  }
  await pipeline(Readable.from(chunks()), client.query(copyFrom(COPY)))
  // Where it has failed, something may still be on its way out of them.
  for (const memory of used) if (memory.length === USUAL) taken.giveBack(memory)
}

function memoryFor({ customers, reasons, models, profiles, bodies }: Written): Buffer {
  let units = 0
  for (const words of [reasons, models, profiles]) for (const each of words) units += each.length
  const needed = bodies.length + customers.length * REST + 3 * units
  return needed > USUAL ? Buffer.allocUnsafeSlow(needed) : (taken.take() ?? Buffer.allocUnsafeSlow(USUAL))
}

/** Gives where they end. */
function putRows(into: Buffer, written: Written, newId: NewId): number {
  const { customers, reasons, models, profiles, bodies, ends } = written
  let at = 0
  const text = (words: string): void => {
    const length = into.write(words, at + 4)
    into.writeInt32BE(length, at)
    at += 4 + length
  }
  const float = (number: number): void => {
    into.writeInt32BE(8, at)
    into.writeDoubleBE(number, at + 4)
    at += 12
  }
  for (let row = 0, from = 0; row < customers.length; row += 1) {
    const end = ends[row]!
    into.writeInt16BE(FIELDS, at)
    at = putUuid(into, at + 2, newId())
    at = putUuid(into, at, customers[row]!)
    at = putInstant(into, at, written.asOf[row]!)
    text(TIERS[written.tiers[row]!]!)
    text(reasons[row]!)
    float(written.scores[row]!)
    float(written.priorities[row]!)
    into.writeInt32BE(end - from, at)
    into.set(bodies.subarray(from, end), at + 4)
    at += 4 + end - from
    text(models[row]!)
    text(profiles[row]!)
    at = putWhole(into, at, written.standings[row]!)
    at = putWhole(into, at, written.factors[row]!)
    from = end
  }
  return at
}
