import { LABELS, type Label, type Tone, type ToneOf } from './sentiment-reader.ts'
import type { Example } from './sentiment-rows.ts'

/** How often each label was read as each: `counts[truth][read]`, in the order of LABELS. */
export interface Confusion {
  readonly counts: readonly (readonly number[])[]
  /** Of the texts that are positive or negative: those whose strength points the right way. */
  readonly sided: { readonly right: number; readonly all: number }
}

/** Reads judged texts and counts. */
export function confusionOf(examples: readonly Example[], toneOf: ToneOf): Confusion {
  return confusionIn(examples.map(({ text, label }) => ({ label, tone: toneOf(text) })))
}

/** Counts what was read beside what it should have been. */
export function confusionIn(
  read: readonly { readonly label: Label; readonly tone: Pick<Tone, 'label' | 'strength'> }[],
): Confusion {
  const counts = LABELS.map(() => LABELS.map(() => 0))
  const sided = { right: 0, all: 0 }
  for (const { label, tone } of read) {
    counts[placeOf(label)]![placeOf(tone.label)]! += 1
    if (label === 'neutral') continue
    sided.all += 1
    if (tone.strength > 0 === (label === 'positive')) sided.right += 1
  }
  return { counts, sided }
}

/** Share whose strength points the right way, of the positive and negative ones; NaN where there are none. */
export function sidedAccuracy({ sided }: Confusion): number {
  return sided.right / sided.all
}

/** Share of right labels, all three; NaN where there is no text. */
export function accuracy({ counts }: Confusion): number {
  return sum(counts.map((row, at) => row[at]!)) / sum(counts.flat())
}

/** Mean over the labels that occur of the harmonic mean of precision and recall. */
export function macroF1({ counts }: Confusion): number {
  const scores = counts.flatMap((row, at) => {
    const there = sum(row)
    const read = sum(counts.map((other) => other[at]!))
    return there === 0 ? [] : [(2 * row[at]!) / (there + read)]
  })
  return sum(scores) / scores.length
}

/** Share of the positive and negative texts that were read as neutral. */
export function calledNeutral({ counts, sided }: Confusion): number {
  const neutral = placeOf('neutral')
  return sum(counts.map((row, at) => (at === neutral ? 0 : row[neutral]!))) / sided.all
}

function placeOf(label: Label): number {
  return LABELS.indexOf(label)
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
