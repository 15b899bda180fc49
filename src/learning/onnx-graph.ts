import { bytesOf, Message } from './protobuf.ts'

/** ONNX's own messages, by the field numbers of onnx.proto. */

const ATTRIBUTE = { float: 1, int: 2, string: 3, floats: 6, ints: 7, strings: 8 } as const

export type Attribute =
  | { readonly name: string; readonly int: number }
  | { readonly name: string; readonly string: string }
  | { readonly name: string; readonly ints: ArrayLike<number> }
  | { readonly name: string; readonly floats: Float32Array }
  | { readonly name: string; readonly strings: readonly string[] }

export interface Node {
  readonly type: string
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
  /** Default: ONNX's own; trees live in `ai.onnx.ml`. */
  readonly domain?: string
  readonly attributes?: readonly Attribute[]
}

/** A constant; its dimensions default to one row of all its numbers. */
export interface Constant {
  readonly name: string
  readonly values: Float64Array | readonly number[]
  readonly dims?: readonly number[]
  /** `int`: positions, as 64-bit integers. Default: float64. */
  readonly type?: 'int' | 'float'
}

export const ELEMENT = { float: 1, int64: 7, bool: 9, double: 11 } as const

/** A whole model file. Input X is float32 [N, width]; an output is float32 [N, 1], or as wide as it says. */
export function fileOf(graph: {
  readonly width: number
  readonly nodes: readonly Node[]
  readonly constants: readonly Constant[]
  readonly outputs: readonly (string | readonly [name: string, width: number])[]
  /** Free facts kept in the file. */
  readonly facts: Readonly<Record<string, string>>
}): Uint8Array {
  const body = new Message().string(2, 'foreshock')
  for (const node of graph.nodes) body.message(1, nodeOf(node))
  for (const constant of graph.constants) body.message(5, constantOf(constant))
  body.message(11, portOf('X', graph.width))
  for (const output of graph.outputs)
    body.message(12, typeof output === 'string' ? portOf(output, 1) : portOf(...output))
  const file = new Message().int(1, IR_VERSION).string(2, 'foreshock').message(7, body)
  file.message(8, new Message().string(1, '').int(2, OPSET))
  file.message(8, new Message().string(1, 'ai.onnx.ml').int(2, ML_OPSET))
  for (const [key, value] of Object.entries(graph.facts))
    file.message(14, new Message().string(1, key).string(2, value))
  return file.finish()
}

/** Old enough for every runtime of the last years, new enough for all that we use. */
const IR_VERSION = 8
const OPSET = 15
const ML_OPSET = 3

function nodeOf({ type, inputs, outputs, domain, attributes = [] }: Node): Message {
  const node = new Message()
  for (const name of inputs) node.string(1, name)
  for (const name of outputs) node.string(2, name)
  node.string(3, `${type}_${outputs[0]}`).string(4, type)
  if (domain !== undefined) node.string(7, domain)
  for (const attribute of attributes) node.message(5, attributeOf(attribute))
  return node
}

function attributeOf(attribute: Attribute): Message {
  const message = new Message().string(1, attribute.name)
  if ('int' in attribute) return message.int(3, attribute.int).int(20, ATTRIBUTE.int)
  if ('string' in attribute) return message.string(4, attribute.string).int(20, ATTRIBUTE.string)
  if ('ints' in attribute) return message.ints(8, attribute.ints).int(20, ATTRIBUTE.ints)
  if ('floats' in attribute) return message.floats(7, attribute.floats).int(20, ATTRIBUTE.floats)
  for (const word of attribute.strings) message.string(9, word)
  return message.int(20, ATTRIBUTE.strings)
}

function constantOf({ name, values, dims = [1, values.length], type }: Constant): Message {
  const tensor = new Message().ints(1, dims).string(8, name)
  if (type === 'int') return tensor.int(2, ELEMENT.int64).ints(7, values)
  if (type === 'float') return tensor.int(2, ELEMENT.float).bytes(9, bytesOf(Float32Array.from(values)))
  return tensor.int(2, ELEMENT.double).bytes(9, bytesOf(Float64Array.from(values)))
}

function portOf(name: string, width: number): Message {
  const shape = new Message().message(1, new Message().string(2, 'N')).message(1, new Message().int(1, width))
  const tensor = new Message().int(1, ELEMENT.float).message(2, shape)
  return new Message().string(1, name).message(2, new Message().message(1, tensor))
}
