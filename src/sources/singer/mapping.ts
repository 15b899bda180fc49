import { z } from 'zod'
import { named, ofRows, strict } from '../row-mapping.ts'
import { variable } from '../variable.ts'

const file = z.string().min(1)

/** One stream of a tap, and what its records mean. */
const streamSchema = ofRows({ stream: z.string().min(1).describe('As the tap calls it, such as tickets') })

/** What a Singer tap prints. */
export const singerMappingSchema = strict({
  ...named,
  type: z.literal('singer'),
  command: z
    .string()
    .min(1)
    .describe('The tap: a program on the PATH, or its path, relative to the config file'),
  args: z.array(z.string()).default([]).describe('Arguments before ours; no shell reads them'),
  config: file.optional().describe("The tap's configuration, JSON, relative to the config file: --config"),
  catalog: file.optional().describe('Streams and fields that are selected, JSON: --catalog'),
  env: z
    .array(variable)
    .default([])
    .describe('Environment variables that the tap may see, beside PATH and HOME'),
  timeoutSeconds: z
    .number()
    .int()
    .min(1)
    .max(86_400)
    .default(300)
    .describe('A tap that prints nothing for so long is stopped'),
  longestMinutes: z
    .number()
    .int()
    .min(1)
    .max(10_000)
    .default(120)
    .describe('A tap that runs for so long is stopped; the next pull goes on from its last state'),
  streams: z.array(streamSchema).min(1),
}).superRefine(({ streams }, context) => {
  const names = streams.map(({ stream }) => stream)
  const twice = names.find((name, at) => names.indexOf(name) !== at)
  if (twice !== undefined)
    context.addIssue({ code: 'custom', path: ['streams'], message: `names the stream "${twice}" twice` })
})

export type SingerMapping = z.infer<typeof singerMappingSchema>
export type StreamMapping = SingerMapping['streams'][number]

/** What any program needs to run; everything else of our environment stays with us. */
export const ALWAYS = ['PATH', 'HOME', 'LANG', 'LC_ALL', 'TMPDIR', 'SystemRoot'] as const
