import type { NewId } from '../ids.ts'
import type { StormKind } from '../sentinel/detect.ts'
import type { Storm, StormCause, StormChange, StormFigures } from '../sentinel/storm.ts'
import type { Prisma } from './generated/client.ts'
import type { StormModel } from './generated/models.ts'
import type { Db } from './rows.ts'
import { json } from './rows.ts'

export type NewStorm = Pick<Storm, 'kind' | 'key' | 'site' | 'what' | 'startedAt' | 'hotAt' | 'figures'>

/** A case whose customer spoke in a storm. */
export interface StormChild {
  readonly alert: string
  readonly customer: string
  readonly voice: string
}

export interface StormTable {
  get(id: string): Promise<Storm | null>
  byNo(no: number): Promise<Storm | null>
  /** Those that have not ended, closed by a person or not, oldest first. */
  running(): Promise<Storm[]>
  /** Running ones first, then the newest. */
  list(limit: number): Promise<Storm[]>
  /** Null: one of the same series runs already. */
  open(storm: NewStorm): Promise<Storm | null>
  /** Changes it if it still is of this version; null: somebody else was first. */
  change(storm: Storm, to: StormChange): Promise<Storm | null>
  /** When it was last above the usual; the card stays as it is. */
  touch(id: string, hotAt: Date): Promise<void>
  /** Links cases; gives those that were not linked before. */
  join(storm: string, children: readonly StormChild[], at: Date): Promise<StormChild[]>
  /** Numbers of its cases. */
  cases(storm: string): Promise<number[]>
  /** Closed before then, with cases that have not been told. */
  untold(closedBefore: Date): Promise<{ readonly storm: Storm; readonly alerts: readonly string[] }[]>
  told(storm: string, alerts: readonly string[], at: Date): Promise<void>
}

export function stormTable(db: Db, newId: NewId): StormTable {
  const one = (row: StormModel | null): Storm | null => (row === null ? null : stormOf(row))
  return {
    get: async (id) => one(await db.storm.findUnique({ where: { id } })),
    byNo: async (no) => one(await db.storm.findUnique({ where: { no } })),
    running: async () =>
      (await db.storm.findMany({ where: { endedAt: null }, orderBy: { no: 'asc' } })).map(stormOf),
    list: async (limit) => {
      const order = [{ endedAt: { sort: 'desc', nulls: 'first' } }, { no: 'desc' }] as const
      return (await db.storm.findMany({ orderBy: [...order], take: limit })).map(stormOf)
    },
    open: async ({ figures, ...storm }) => {
      const id = newId()
      const data = { ...storm, id, figures: json(figures) }
      // The partial index refuses a second one of the series.
      const { count } = await db.storm.createMany({ data, skipDuplicates: true })
      return count === 0 ? null : one(await db.storm.findUnique({ where: { id } }))
    },
    change: async ({ id, version }, { figures, ...to }) => {
      const data: Prisma.StormUpdateManyMutationInput = { ...to, version: version + 1 }
      if (figures !== undefined) data.figures = json(figures)
      const { count } = await db.storm.updateMany({ where: { id, version }, data })
      return count === 0 ? null : one(await db.storm.findUnique({ where: { id } }))
    },
    touch: async (id, hotAt) => {
      await db.storm.updateMany({ where: { id }, data: { hotAt } })
    },
    join: async (storm, children, at) => {
      const known = new Set((await childrenOf(db, storm)).map(({ alert }) => alert))
      const fresh = children.filter(({ alert }) => !known.has(alert))
      if (fresh.length > 0)
        await db.stormChild.createMany({
          data: fresh.map((child) => ({ ...child, storm, at })),
          skipDuplicates: true,
        })
      return fresh
    },
    cases: async (storm) => {
      const ids = (await childrenOf(db, storm)).map(({ alert }) => alert)
      const select = { no: true } as const
      const rows = await db.alert.findMany({ where: { id: { in: ids } }, orderBy: { no: 'asc' }, select })
      return rows.map(({ no }) => no)
    },
    untold: async (closedBefore) => {
      const closed = await db.storm.findMany({ where: { closedAt: { lte: closedBefore } } })
      const waiting = await db.stormChild.findMany({
        where: { toldAt: null, storm: { in: closed.map(({ id }) => id) } },
        orderBy: { at: 'asc' },
      })
      return closed.flatMap((row) => {
        const alerts = waiting.filter(({ storm }) => storm === row.id).map(({ alert }) => alert)
        return alerts.length === 0 ? [] : [{ storm: stormOf(row), alerts }]
      })
    },
    told: async (storm, alerts, at) => {
      await db.stormChild.updateMany({ where: { storm, alert: { in: [...alerts] } }, data: { toldAt: at } })
    },
  }
}

function childrenOf(db: Db, storm: string): Promise<StormChild[]> {
  const select = { alert: true, customer: true, voice: true } as const
  return db.stormChild.findMany({ where: { storm }, orderBy: [{ at: 'asc' }, { alert: 'asc' }], select })
}

function stormOf(row: StormModel): Storm {
  return {
    ...row,
    kind: row.kind as Storm['kind'],
    what: row.what as StormKind,
    cause: row.cause as StormCause | null,
    figures: row.figures as unknown as StormFigures,
  }
}
