import { ForeshockError } from '../../errors.ts'
import { rulesOf } from '../environment.ts'
import { meaningProblems } from '../meaning.ts'
import { unprefixed } from '../misfit.ts'
import { joined } from '../sound.ts'
import { asking } from './ask.ts'
import { batchOf, gatheringsOf } from './page.ts'
import type { Vendor, VendorEnvironment } from './vendor.ts'

/** Asks for what is mapped, then reads the first page of every stream, which takes every right a pull takes. */
export async function check(
  vendor: Vendor,
  environment: VendorEnvironment,
  note: (says: string) => void,
): Promise<string[]> {
  const { mapping, kinds, streams } = vendor
  const faults = Object.values(kinds).flatMap((meaning) =>
    meaningProblems(meaning, environment.kinds).map(({ en }) => en),
  )
  try {
    const ask = asking(vendor.account(), environment, new AbortController().signal)
    faults.push(...(await vendor.examine(ask)))
    const rules = rulesOf(mapping, environment)
    for (const stream of faults.length === 0 ? streams : []) {
      const gatherings = gatheringsOf(kinds, rules)
      for await (const page of stream.pages(null, ask)) {
        batchOf(stream.name, page, gatherings, kinds, {})
        break
      }
      for (const [kind, { found, unseen }] of gatherings) {
        faults.push(...unseen().map((column) => `no ${kind} have "${column}"`))
        if (found.bad > 0)
          note(`of ${found.rows} ${kind} looked at, ${found.bad} cannot be used: ${joined(found.reasons).en}`)
      }
    }
  } catch (error) {
    if (!(error instanceof ForeshockError)) throw error
    faults.push(unprefixed(mapping.name, error).en)
  }
  return faults
}
