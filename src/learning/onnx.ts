import type { Calibration, LinearModel, Model, Term, Tree, TreeModel } from './model.ts'
import { type Attribute, type Constant, ELEMENT, fileOf, type Node } from './onnx-graph.ts'

/**
 * A model as an ONNX file. Input `X`, float32 [N, columns], NaN where unknown; outputs `probability` and `raw`, float32
 * [N, 1]. Trees are one TreeEnsembleRegressor, whose `nodes_hitrates` keep the cover of every node, so that the file
 * alone can be explained. A logistic model and an isotonic calibration are computed in float64: their steep parts would magnify rounding.
 */
export function onnxOf(model: Model, calibration: Calibration | null): Uint8Array {
  const graph = new Graph()
  if (model.algorithm === 'logistic') {
    const raw = linear(graph, model)
    graph.single(raw, 'raw')
    graph.single(
      calibration === null ? sigmoid(graph, raw) : calibrated(graph, calibration, raw),
      'probability',
    )
  } else {
    graph.learned('TreeEnsembleRegressor', ensembleOf(model), 'raw')
    if (calibration?.kind === 'isotonic')
      graph.single(isotonic(graph, calibration, graph.double('raw')), 'probability')
    else smooth(graph, model, calibration)
  }
  return fileOf({
    width: model.names.length,
    nodes: graph.nodes,
    constants: graph.constants,
    outputs: ['probability', 'raw'],
    facts: { algorithm: model.algorithm, columns: JSON.stringify(model.names) },
  })
}

/** The few steps in float32 that a row alone is scored by soonest; a sum of trees is exact enough for them. */
function smooth(
  graph: Graph,
  { algorithm }: Model,
  platt: Extract<Calibration, { kind: 'platt' }> | null,
): void {
  if (platt === null) {
    // A share is its own probability; log-odds become one.
    graph.op(algorithm === 'forest' ? 'Identity' : 'Sigmoid', ['raw'], [], 'probability')
    return
  }
  const slope = graph.constant([platt.slope], { type: 'float' })
  const offset = graph.constant([platt.offset], { type: 'float' })
  graph.op('Sigmoid', [graph.op('Add', [graph.op('Mul', ['raw', slope]), offset])], [], 'probability')
}

/** Nodes and constants as they are added; every value has a name of its own. */
class Graph {
  readonly nodes: Node[] = []
  readonly constants: Constant[] = []
  private count = 0

  op(type: string, inputs: readonly string[], attributes: readonly Attribute[] = [], name?: string): string {
    const output = name ?? this.fresh()
    this.nodes.push({ type, inputs, outputs: [output], attributes })
    return output
  }

  learned(type: string, attributes: readonly Attribute[], name: string): void {
    this.nodes.push({ type, inputs: ['X'], outputs: [name], domain: 'ai.onnx.ml', attributes })
  }

  double(from: string): string {
    return this.op('Cast', [from], [{ name: 'to', int: ELEMENT.double }])
  }

  single(from: string, name: string): void {
    this.op('Cast', [from], [{ name: 'to', int: ELEMENT.float }], name)
  }

  constant(values: Constant['values'], more: Pick<Constant, 'dims' | 'type'> = {}): string {
    const name = this.fresh()
    this.constants.push({ name, values, ...more })
    return name
  }

  private fresh(): string {
    this.count += 1
    return `v${this.count}`
  }
}

/** A runtime wants at least one tree; a model that is its base alone gets a leaf that adds nothing. */
const NOTHING: Tree = {
  feature: Int32Array.of(-1),
  threshold: new Float32Array(1),
  unknownLeft: new Uint8Array(1),
  left: new Int32Array(1),
  right: new Int32Array(1),
  value: new Float32Array(1),
  cover: Float64Array.of(1),
}

function ensembleOf({ base, trees }: TreeModel): Attribute[] {
  const all = trees.length > 0 ? trees : [NOTHING]
  const nodes = all.flatMap((tree, treeid) => Array.from(tree.feature, (_, node) => ({ tree, treeid, node })))
  const leaves = nodes.filter(({ tree, node }) => tree.feature[node]! < 0)
  const ints = (name: string, of: (each: (typeof nodes)[number]) => number, over = nodes): Attribute => {
    return { name, ints: over.map(of) }
  }
  const floats = (name: string, of: (each: (typeof nodes)[number]) => number, over = nodes): Attribute => {
    return { name, floats: Float32Array.from(over, of) }
  }
  return [
    ints('nodes_treeids', ({ treeid }) => treeid),
    ints('nodes_nodeids', ({ node }) => node),
    ints('nodes_featureids', ({ tree, node }) => Math.max(0, tree.feature[node]!)),
    floats('nodes_values', ({ tree, node }) => (tree.feature[node]! < 0 ? 0 : tree.threshold[node]!)),
    floats('nodes_hitrates', ({ tree, node }) => tree.cover[node]!),
    {
      name: 'nodes_modes',
      strings: nodes.map(({ tree, node }) => (tree.feature[node]! < 0 ? 'LEAF' : 'BRANCH_LEQ')),
    },
    ints('nodes_truenodeids', ({ tree, node }) => (tree.feature[node]! < 0 ? 0 : tree.left[node]!)),
    ints('nodes_falsenodeids', ({ tree, node }) => (tree.feature[node]! < 0 ? 0 : tree.right[node]!)),
    ints('nodes_missing_value_tracks_true', ({ tree, node }) => tree.unknownLeft[node]!),
    ints('target_treeids', ({ treeid }) => treeid, leaves),
    ints('target_nodeids', ({ node }) => node, leaves),
    ints('target_ids', () => 0, leaves),
    floats('target_weights', ({ tree, node }) => tree.value[node]!, leaves),
    { name: 'n_targets', int: 1 },
    { name: 'base_values', floats: Float32Array.of(base) },
    { name: 'aggregate_function', string: 'SUM' },
    { name: 'post_transform', string: 'NONE' },
  ]
}

/** Terms of one kind are computed together: columns picked, transformed, centred, unknown ones silenced, weighed. */
function linear(graph: Graph, { base, terms }: LinearModel): string {
  const kinds = ['value', 'log', 'above', 'is', 'unknown'] as const
  const sums = kinds.flatMap((kind) => {
    const some = terms.filter(({ of }) => of === kind)
    return some.length === 0 ? [] : [weighed(graph, kind, some)]
  })
  // Without any term the sum must still have as many rows as X.
  const start = sums.length > 0 ? sums : [nothingOf(graph)]
  return start.reduce((sum, each) => graph.op('Add', [sum, each]), graph.constant([base]))
}

function weighed(graph: Graph, kind: Term['of'], terms: readonly Term[]): string {
  const columns = graph.constant(
    terms.map(({ feature }) => feature),
    { type: 'int', dims: [terms.length] },
  )
  const picked = graph.op('Gather', ['X', columns], [{ name: 'axis', int: 1 }])
  const unknown = graph.op('IsNaN', [picked])
  const transformed =
    kind === 'unknown' ? graph.double(unknown) : transform(graph, kind, terms, graph.double(picked))
  const centred = graph.op('Sub', [transformed, graph.constant(terms.map(({ centre }) => centre))])
  const heard =
    kind === 'unknown' ? centred : graph.op('Where', [unknown, graph.constant([0], { dims: [1] }), centred])
  const weights = graph.constant(
    terms.map(({ weight }) => weight),
    { dims: [terms.length, 1] },
  )
  return graph.op('MatMul', [heard, weights])
}

function transform(
  graph: Graph,
  kind: Exclude<Term['of'], 'unknown'>,
  terms: readonly Term[],
  value: string,
): string {
  switch (kind) {
    case 'value':
      return value
    case 'log': {
      const log = graph.op('Log', [graph.op('Add', [graph.op('Abs', [value]), graph.constant([1])])])
      return graph.op('Mul', [graph.op('Sign', [value]), log])
    }
    case 'above':
      return graph.op('Max', [
        graph.op('Sub', [value, graph.constant(terms.map(({ at }) => at))]),
        graph.constant([0]),
      ])
    case 'is':
      return graph.double(graph.op('Equal', [value, graph.constant(terms.map(({ at }) => at))]))
  }
}

/** Zero for every row. */
function nothingOf(graph: Graph): string {
  const first = graph.op(
    'Gather',
    ['X', graph.constant([0], { type: 'int', dims: [1] })],
    [{ name: 'axis', int: 1 }],
  )
  const unknown = graph.double(graph.op('IsNaN', [first]))
  return graph.op('Mul', [unknown, graph.constant([0])])
}

function calibrated(graph: Graph, calibration: Calibration, raw: string): string {
  if (calibration.kind === 'platt') {
    const scaled = graph.op('Mul', [raw, graph.constant([calibration.slope])])
    return sigmoid(graph, graph.op('Add', [scaled, graph.constant([calibration.offset])]))
  }
  return isotonic(graph, calibration, raw)
}

/** Spelled out: not every runtime has Sigmoid in float64. */
function sigmoid(graph: Graph, x: string): string {
  const one = graph.constant([1])
  return graph.op('Div', [one, graph.op('Add', [one, graph.op('Exp', [graph.op('Neg', [x])])])])
}

/** The first value, and what every stretch between two points adds as far as the score has come in it. */
function isotonic(
  graph: Graph,
  { from, to }: Extract<Calibration, { kind: 'isotonic' }>,
  raw: string,
): string {
  const stretches = from.slice(1).map((end, index) => ({
    start: from[index]!,
    width: end - from[index]!,
    rise: to[index + 1]! - to[index]!,
  }))
  if (stretches.length === 0)
    return graph.op('Add', [graph.op('Mul', [raw, graph.constant([0])]), graph.constant([to[0]!])])
  const beyond = graph.op('Sub', [raw, graph.constant(stretches.map(({ start }) => start))])
  const widths = graph.constant(stretches.map(({ width }) => width))
  const within = graph.op('Min', [graph.op('Max', [beyond, graph.constant([0])]), widths])
  const slopes = graph.constant(
    stretches.map(({ width, rise }) => (width > 0 ? rise / width : 0)),
    { dims: [stretches.length, 1] },
  )
  return graph.op('Add', [graph.op('MatMul', [within, slopes]), graph.constant([to[0]!])])
}
