import { z } from 'zod'
import { named, ofRows } from '../row-mapping.ts'

/** What another system posts to /ingest/NAME. */
export const webhookMappingSchema = ofRows({
  ...named,
  type: z.literal('webhook'),
  list: z
    .string()
    .min(1)
    .optional()
    .describe('Where in the body the list of rows lies, such as data.items; default the body itself'),
})

export type WebhookMapping = z.infer<typeof webhookMappingSchema>
