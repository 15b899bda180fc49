import { ForeshockError } from '../errors.ts'
import { roomFor, sharedRoomFor } from '../features/memory.ts'
import type { Calibration, Model } from '../learning/model.ts'
import { text } from '../text.ts'
import { ModelThread, type Port } from './model-thread.ts'
import { restingScorer } from './resting.ts'
import type { ModelScorer, Scores } from './scores.ts'

export type { ModelScorer } from './scores.ts'

/** Rows sent at once: an abort is heard between two sendings. */
const SENDING = 16_384

/**
 * Opens an ONNX file.
 *
 * @param file its bytes
 * @param name what people call it, for errors
 * @param columns how many columns it must read
 * @throws BAD_INPUT when it cannot be read, reads another number of columns or gives no probability
 */
export async function openModel(file: Uint8Array, name: string, columns: number): Promise<ModelScorer> {
  const thread = new ModelThread('./model-worker', { file })
  try {
    const { inputs, outputs } = await thread.ready
    return scorerOn([thread], planOf(inputs, outputs, name, columns), columns, name)
  } catch (error) {
    await thread.close()
    if (error instanceof ForeshockError) throw error
    throw new ForeshockError(
      'BAD_INPUT',
      text(
        `模型文件“${name}”打不开：${firstLine(error)}。`,
        `The model file "${name}" cannot be opened: ${firstLine(error)}.`,
      ),
      text('请换用另一个模型，或重新训练。', 'Use another version of the model, or train again.'),
    )
  }
}

/**
 * The same by our own code, for the many rows of a night: about twice as fast, spread over threads, and bit for bit the
 * trainer's numbers. What a model file is held against, it does not replace: a model is used once its file has proved
 * to agree (checkModel).
 */
export function openBulk(model: Model, calibration: Calibration | null, threads = 1): ModelScorer {
  const width = model.names.length
  const probability: Port = { name: 'probability', type: 'float32', shape: [null, 1] }
  return restingScorer(width, () => {
    const all = Array.from(
      { length: threads },
      () => new ModelThread('./bulk-worker', { model, calibration }),
    )
    return scorerOn(all, { input: 'X', probability, raw: 'raw' }, width, model.algorithm)
  })
}

interface Plan {
  readonly input: string
  readonly probability: Port
  /** Null: the file gives none; it is then taken from the probability. */
  readonly raw: string | null
}

const PROBABILITY = ['probability', 'probabilities']

/** Where the numbers go in and come out; a file made elsewhere may name and shape its outputs in a few ways. */
function planOf(inputs: readonly Port[], outputs: readonly Port[], name: string, columns: number): Plan {
  const wrong = (what: string): ForeshockError =>
    new ForeshockError(
      'BAD_INPUT',
      `The model file "${name}" ${what}.`,
      'It needs one input, float32 [N, columns], and an output "probability", float32 [N], [N,1] or [N,2].',
    )
  const [input] = inputs
  if (inputs.length !== 1 || input === undefined) throw wrong(`has ${inputs.length} inputs instead of one`)
  if (input.type !== 'float32' || input.shape.length !== 2)
    throw wrong(`takes ${inWords(input)} as its input`)
  const width = input.shape[1]
  if (typeof width === 'number' && width !== columns)
    throw wrong(`reads ${width} columns, but its description names ${columns}`)
  const probability = outputs.find((port) => PROBABILITY.includes(port.name))
  if (probability === undefined)
    throw wrong(`gives no probability, but: ${outputs.map((port) => port.name).join(', ')}`)
  const across = probability.shape[1] ?? 1
  if (probability.type !== 'float32' || probability.shape.length > 2 || across > 2)
    throw wrong(`gives ${inWords(probability)} as "${probability.name}"`)
  const raw = outputs.find((port) => port.name === 'raw' && port.type === 'float32')
  return { input: input.name, probability, raw: raw?.name ?? null }
}

function inWords({ type, shape }: Port): string {
  return `${type} [${shape.map((size) => size ?? 'N').join(', ')}]`
}

function scorerOn(threads: readonly ModelThread[], plan: Plan, width: number, name: string): ModelScorer {
  const outputs = [plan.probability.name, ...(plan.raw === null ? [] : [plan.raw])]
  const across = plan.probability.shape[1] ?? 1
  const scoreRows: ModelScorer['scoreRows'] = async (valuesOf, rows, signal) => {
    const scores = { probability: sharedRoomFor(Float32Array, rows), raw: roomFor(Float32Array, rows) }
    let next = 0
    // A thread takes the next rows when it is done with its last, so that little is under way at any time.
    const lane = async (thread: ModelThread): Promise<void> => {
      let spent: Float32Array<ArrayBuffer> | undefined
      while (next < rows) {
        signal?.throwIfAborted()
        const row = next
        const end = Math.min(rows, row + SENDING)
        next = end
        const sent = valuesOf(row, end, spent)
        if (sent.length !== (end - row) * width) throw wrongRows(name, sent.length, end - row, width)
        const request = { rows: end - row, input: plan.input, outputs, values: sent }
        const answer = await thread.score(request, signal)
        spent = answer.spent
        keep(scores, row, answer.outputs, across)
      }
    }
    try {
      await Promise.all(threads.map(lane))
    } finally {
      // Where one has failed, the others need not go on.
      next = rows
    }
    return scores
  }
  return {
    width,
    scoreRows,
    score: async (values, rows, signal) => {
      if (values.length !== rows * width) throw wrongRows(name, values.length, rows, width)
      return scoreRows((from, to) => values.slice(from * width, to * width), rows, signal)
    },
    close: async () => {
      await Promise.all(threads.map((thread) => thread.close()))
    },
  }
}

/** Puts what a thread found where it belongs. Of two columns of probability the second is that of leaving. */
function keep(
  scores: Scores,
  from: number,
  [probability, raw]: readonly Float32Array[],
  across: number,
): void {
  const count = probability!.length / across
  for (let at = 0; at < count; at += 1) {
    const leaving = probability![at * across + across - 1]!
    scores.probability[from + at] = leaving
    scores.raw[from + at] = raw?.[at] ?? logOdds(leaving)
  }
}

function logOdds(probability: number): number {
  return Math.log(probability / (1 - probability))
}

function wrongRows(name: string, numbers: number, rows: number, width: number): ForeshockError {
  return new ForeshockError(
    'BAD_INPUT',
    `The model "${name}" was given ${numbers} numbers for ${rows} rows, but reads ${width} columns a row.`,
    'Give it the features its description names, in that order.',
  )
}

function firstLine(error: unknown): string {
  return (error as Error).message.split('\n')[0]!.replace(/\.$/, '')
}
