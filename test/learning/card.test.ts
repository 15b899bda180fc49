import { expect, test } from 'vitest'
import { openStream } from '../../src/demo/random.ts'
import { modelCard } from '../../src/learning/card.ts'
import { readSidecar, sidecarJson } from '../../src/learning/sidecar.ts'
import { randomTrees } from './random-trees.ts'
import { SMALL, sidecarOf } from './sidecars.ts'

const model = randomTrees(openStream('card'), { columns: 6, trees: 1, depth: 1 })
const sidecar = { ...sidecarOf(model), sha256: 'ab'.repeat(32) }

test('a sidecar comes back as it was written', () => {
  expect(readSidecar(sidecarJson(sidecar), 'small.json', SMALL)).toEqual(sidecar)
})

test('two faults that no single field shows', () => {
  const isotonic = { ...sidecar, calibration: { kind: 'isotonic' as const, from: [0, 1], to: [0.5] } }
  expect(() => readSidecar(sidecarJson(isotonic), 'x.json', SMALL)).toThrow(/as many points to as from/)
  const twice = { ...sidecar, features: ['f0', 'f0'] }
  expect(() => readSidecar(sidecarJson(twice), 'x.json', SMALL)).toThrow(/a name comes twice/)
})

test('the model card, in English with a Chinese summary', () => {
  expect(modelCard(sidecar)).toMatchInlineSnapshot(`
    "# small-2026-11-01

    > 梯度提升树，用于“small”行业配置第 3 版，预测客户在未来 91 天内流失的概率；用 2 个时间切片训练，测试集 AUC 0.812。概率用于排序和分级，不用于自动拒绝服务或差别定价。
    >
    > Gradient-boosted trees for the profile "small", version 3: the probability that a customer leaves within 91 days, learned from 2 time slices. Its AUC on later slices is 0.812.

    ## What it foresees

    A customer has left when there was none of \`visit\`, \`order\` for 90 days. The label looks 91 days ahead of the as-of date. Customers who had already left by then are not among the rows.

    ## What it learned from

    - 8000 rows, 1600 of which left (20.0%)
    - Learned as of: 2026-06-30, 2026-07-31
    - Tested as of: 2026-08-31

    ## How good it is

    | metric | value |
    | --- | --- |
    | auc | 0.812 |
    | rows | 4000 |

    ## Where customers fall

    | band | probability from |
    | --- | --- |
    | P0 | 0.700 |
    | P1 | 0.400 |

    ## What it reads

    \`f0\`, \`f1\`, \`f2\`, \`f3\`, \`f4\`, \`f5\`

    ## Limits

    - It ranks the customers of this company; its probabilities hold while customers are as they were when it learned. The drift job watches that.
    - It says what goes together with leaving, not what causes it.
    - It is no ground for refusing service or for charging a customer more.
    - A customer with too little history is unscored, which does not mean safe.

    ## Where it comes from

    | fact | value |
    | --- | --- |
    | algorithm | gradient-boosted trees |
    | calibration | none |
    | seed | 7 |
    | data | a1b2c3 |
    | file (SHA-256) | abababababababababababababababababababababababababababababababab |
    | made | 2026-11-01T02:30:00.000Z by Foreshock 0.1.0 |
    "
  `)
})
