import type { NewId } from '../ids.ts'
import type { ModelRecord, NewModel } from '../learning/model-record.ts'
import type { Trial } from '../learning/trial.ts'
import type { Db } from './rows.ts'
import { json } from './rows.ts'

/** Learned models, never changed once written. Which one is in use is a setting. */
export interface ModelTable {
  /** The new model's number. */
  add(model: NewModel): Promise<number>
  get(no: number): Promise<ModelRecord | null>
  onnx(no: number): Promise<Uint8Array | null>
  /** Newest first. */
  list(profile: string, limit: number): Promise<ModelRecord[]>
}

export function modelTable(db: Db, newId: NewId): ModelTable {
  const without = { id: true, onnx: true } as const
  return {
    add: async ({ sidecar, trial, onnx, ...model }) => {
      const data = {
        id: newId(),
        ...model,
        onnx: new Uint8Array(onnx),
        sidecar: json(sidecar),
        trial: json(trial),
      }
      return (await db.model.create({ data, select: { no: true } })).no
    },
    get: async (no) => {
      const row = await db.model.findUnique({ where: { no }, omit: without })
      return row === null ? null : recordOf(row)
    },
    onnx: async (no) => (await db.model.findUnique({ where: { no }, select: { onnx: true } }))?.onnx ?? null,
    list: async (profile, limit) => {
      const rows = await db.model.findMany({
        where: { profile },
        orderBy: { no: 'desc' },
        take: limit,
        omit: without,
      })
      return rows.map(recordOf)
    },
  }
}

function recordOf({ trial, ...row }: Omit<ModelRecord, 'trial'> & { trial: unknown }): ModelRecord {
  return { ...row, trial: trial as Trial }
}
