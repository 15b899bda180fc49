import type { FeatureMatrix } from './kernel.ts'
import type { Profile } from './profile.ts'

export type MeasureOfProfile = NonNullable<Profile['measures']>[number]

/**
 * The measures that no source feeds: none of their features is known of anyone. Lists and cards say so, rather than
 * let an unknown look like a zero. Attributes that expressions cannot read (text, bias check) are looked up in `facts`.
 */
export function missingMeasures(
  profile: Profile,
  matrix: Pick<FeatureMatrix, 'index' | 'row'>,
  facts: readonly { readonly attributes: Readonly<Record<string, unknown>> }[],
): MeasureOfProfile[] {
  const isKnown = (feature: string): boolean => {
    const slot = matrix.index.get(feature)
    const attribute = feature.startsWith('attr_') ? feature.slice('attr_'.length) : null
    return facts.some(
      ({ attributes }, customer) =>
        (slot !== undefined && !Number.isNaN(matrix.row(customer)[slot]!)) ||
        (attribute !== null && Object.hasOwn(attributes, attribute)),
    )
  }
  return (profile.measures ?? []).filter(({ features }) => !features.some(isKnown))
}
