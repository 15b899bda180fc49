import { z } from 'zod'

/** Both languages of a sentence or name. */
export const textSchema = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) })

/** What expressions can call something. */
export const nameSchema = z.string().regex(/^[a-z][a-z0-9_]*$/, 'names are lower case letters, digits and _')

/** What is usually so with customers of a segment or stage, and what to do about it. */
export const guideSchema = z.strictObject({
  risk: textSchema,
  causes: textSchema,
  actions: textSchema,
  strategy: textSchema,
})

export type Guide = z.infer<typeof guideSchema>
