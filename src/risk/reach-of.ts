import type { Assessment } from './assessment.ts'

/**
 * How far what is told of a customer reaches, milliseconds: the newest record anywhere when they were judged, or a newer voice that
 * is quoted or event that is drawn. What is posted to us between two pulls is newer than what the last scoring had.
 */
export function reachOf({ horizon, readings, beats }: Assessment): number {
  const voices = readings.flatMap(({ evidence }) =>
    evidence.flatMap((piece) => ('voice' in piece ? [piece.at] : [])),
  )
  const known = [horizon, ...voices, ...(beats?.at ?? [])].filter(Number.isFinite)
  return Math.max(Number.NEGATIVE_INFINITY, ...known)
}
