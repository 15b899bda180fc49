import { ForeshockError } from '../errors.ts'
import type { Economics } from '../learning/thresholds.ts'
import { type Bands, DEFAULT_BANDS } from '../risk/bands.ts'
import { type Text, text } from '../text.ts'
import { numberSetting as number, type SettingDefinition } from './setting.ts'

/** Bands of the model's probability, the most urgent first. */
const BANDS: readonly { readonly name: string; readonly tier: Text; readonly band: keyof Bands }[] = [
  { name: 'band.p0', tier: text('P0', 'P0'), band: 'critical' },
  { name: 'band.p1', tier: text('P1', 'P1'), band: 'high' },
  { name: 'band.p2', tier: text('P2', 'P2'), band: 'medium' },
  { name: 'band.watch', tier: text('“观察”', 'worth watching'), band: 'watch' },
]

/** From which probability on the model counts, and what acting on it costs and brings. */
export const MODEL_SETTINGS: readonly SettingDefinition[] = [
  ...BANDS.map(({ name, tier, band }) =>
    number(
      name,
      'share',
      DEFAULT_BANDS[band],
      0.01,
      1,
      text(`模型概率从多少起算 ${tier.zh}`, `Model probability from which a customer is ${tier.en}`),
    ),
  ),
  number('act.cost', 'money', 200, 0.01, 1e9, text('上门或致电一次的成本', 'Cost of one call or visit')),
  number(
    'act.value',
    'money',
    2_000,
    0.01,
    1e12,
    text('留住一位客户值多少', 'What a customer who is kept is worth'),
  ),
  number(
    'act.saved',
    'share',
    0.3,
    0.01,
    1,
    text('联系到的真流失客户里能留住多少', 'Part of the true leavers that a contact keeps'),
  ),
]

/**
 * Refuses an edge beyond its neighbour: bands that swallow one another would leave a tier empty. `after`: what a setting would be.
 *
 * @throws ForeshockError BAD_INPUT
 */
export function refuseOverlap(name: string, after: (name: string) => number): void {
  const place = BANDS.findIndex((band) => band.name === name)
  if (place < 0) return
  for (const [above, below] of [
    [BANDS[place - 1], BANDS[place]],
    [BANDS[place], BANDS[place + 1]],
  ]) {
    if (above === undefined || below === undefined || after(above.name) > after(below.name)) continue
    throw new ForeshockError(
      'BAD_INPUT',
      text(
        `${above.name} 要高于 ${below.name}，现在会变成 ${after(above.name)} 和 ${after(below.name)}。`,
        `${above.name} must lie above ${below.name}; they would be ${after(above.name)} and ${after(below.name)}.`,
      ),
      text(
        `先改 ${above.name === name ? below.name : above.name}。`,
        `Change ${above.name === name ? below.name : above.name} first.`,
      ),
    )
  }
}

/** Stored edges that no longer descend fall back to the defaults together. */
export function bandsOf(figure: (name: string) => number): Bands {
  const edges = BANDS.map(({ name }) => figure(name))
  if (edges.some((edge, at) => at > 0 && edge >= edges[at - 1]!)) return DEFAULT_BANDS
  const [critical, high, medium, watch] = edges as [number, number, number, number]
  return { critical, high, medium, watch }
}

export function economicsOf(figure: (name: string) => number): Omit<Economics, 'perDay'> {
  return { cost: figure('act.cost'), value: figure('act.value'), saved: figure('act.saved') }
}
