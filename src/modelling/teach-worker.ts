import { parentPort, workerData } from 'node:worker_threads'
import { isExpected } from '../errors.ts'
import { featureList } from '../features/feature-list.ts'
import { spareHelpers } from '../learning/threads/hire.ts'
import { checkModel } from '../risk/model-check.ts'
import { openModel } from '../risk/model-scorer.ts'
import { type Lesson, teach } from './lesson.ts'
import type { FromTeacher, Lecture } from './teacher.ts'

/** Learning takes seconds to minutes of one core: a thread of its own keeps the chat answering. */
const { lecture } = (workerData as { data: { lecture: Lecture } }).data

try {
  const { profile, timeZone, columns, now, dismissed, seed, version } = lecture
  const lesson = await teach({
    list: featureList(profile, timeZone),
    columns,
    now,
    dismissed,
    seed,
    version,
    helpers: spareHelpers(),
    progress: (share) => tell({ kind: 'progress', share }),
  })
  if ('reason' in lesson) tell({ kind: 'too-early', why: lesson })
  else {
    await prove(lesson)
    const { onnx, sidecar, tested } = lesson
    tell({ kind: 'learned', taught: { algorithm: sidecar.algorithm, onnx, sidecar, tested } })
  }
} catch (error) {
  if (isExpected(error)) tell({ kind: 'refused', code: error.code, said: error.said })
  else tell({ kind: 'failed', why: error instanceof Error ? error.message : String(error) })
}

/** The file must give the trainer's numbers before anyone relies on it. */
async function prove({ onnx, sidecar, learned, sample }: Lesson): Promise<void> {
  const scorer = await openModel(onnx, sidecar.name, sidecar.features.length)
  try {
    await checkModel(scorer, learned.model, learned.calibration, sample.values, sidecar.name)
  } finally {
    await scorer.close()
  }
}

function tell(message: FromTeacher): void {
  parentPort!.postMessage(message)
}
