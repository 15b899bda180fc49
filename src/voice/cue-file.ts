import { z } from 'zod'
import { readYaml } from './read-yaml.ts'
import { invalid } from './topic-file.ts'

/** Why a voice cannot wait. */
export const URGENT_WHYS = ['danger', 'stranded', 'deadline', 'repeated', 'manager', 'threat'] as const
export type UrgentWhy = (typeof URGENT_WHYS)[number]

const words = z.array(z.string().trim().min(1).max(64)).default([])

const fileSchema = z.strictObject({
  urgency: z.array(
    z.strictObject({ why: z.enum(URGENT_WHYS), level: z.enum(['now', 'soon']), words, not: words }),
  ),
  wish: z.strictObject({ words, when: words, closing: words, alone: words, not: words }),
  contrast: z.strictObject({ words, not: words }),
})

export type CueFile = z.infer<typeof fileSchema>

/** Reads a file of cues. Throws CONFIG_INVALID naming the file, the place and the mend. */
export function parseCues(source: string, file: string): CueFile {
  const result = fileSchema.safeParse(readYaml(source, file))
  if (result.success) return result.data
  const [issue] = result.error.issues
  throw invalid(
    `${file}, at ${issue!.path.join('.') || 'the top'}: ${issue!.message}.`,
    'It has urgency, wish and contrast; models/topics/cues.yaml as shipped shows how.',
  )
}
