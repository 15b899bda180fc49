import type { Context } from '../../src/context.ts'
import type { Batch } from '../../src/sources/source.ts'
import { text } from '../../src/text.ts'

/** How far sources are that are read side by side. */
export interface Board {
  begin(source: string): void
  tell(source: string, batch: Batch): void
  /** What it brings from now on is told no more. */
  end(source: string): void
}

/** Tells of one of them, the first that brought something, so that the line does not jump; and how many more there are. */
export function openBoard(ctx: Pick<Context, 'progress'>): Board {
  const reading = new Map<string, Batch['progress'] | null>()
  const show = (): void => {
    for (const [source, at] of reading) {
      if (at === null) continue
      const { file, bytes, totalBytes } = at
      const others = reading.size - 1
      const label = text(
        `正在读取 ${source}：${file}${others === 0 ? '' : `（同时在读另外 ${others} 个）`}`,
        `Reading ${source}: ${file}${others === 0 ? '' : ` (and ${others} more)`}`,
      )
      ctx.progress({ label, share: totalBytes > 0 ? Math.min(1, bytes / totalBytes) : null })
      break
    }
  }
  return {
    begin: (source) => void reading.set(source, null),
    tell: (source, { progress }) => {
      if (!reading.has(source)) return
      reading.set(source, progress)
      show()
    },
    end: (source) => {
      reading.delete(source)
      show()
    },
  }
}
