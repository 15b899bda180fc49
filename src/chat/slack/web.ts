import { webApi } from '@slack/bolt'
import { z } from 'zod'
import { ChatFault } from '../fault.ts'
import { toFault } from './faults.ts'
import type { SdkLogger } from './sdk-log.ts'

/** Slack's Web API: every call attempted once, every failure a ChatFault. */
export interface SlackWeb {
  /** The answer, checked. Throws ChatFault. */
  call<S extends z.ZodType>(method: string, args: Record<string, unknown>, answer: S): Promise<z.output<S>>
  /** The same with less patience, for what must happen while a person's click is still fresh. */
  quick<S extends z.ZodType>(method: string, args: Record<string, unknown>, answer: S): Promise<z.output<S>>
  /** Keeps a picture at Slack, in no channel: its file's id, for cards to show it by. Throws ChatFault. */
  keep(png: Uint8Array, alt: string): Promise<string>
  /** Shows a text file in a channel. Throws ChatFault. */
  share(channel: string, file: { readonly name: string; readonly words: string }): Promise<void>
}

/** How long a call may take. Milliseconds. */
const PATIENCE_MS = 5_000
/** A form must be open three seconds after the click; this leaves the rest for our own work. */
const QUICK_MS = 2_000

const kept = z.object({ files: z.array(z.object({ files: z.array(z.object({ id: z.string() })) })) })

/** @param apiUrl null: Slack's own */
export function openWeb(token: string, apiUrl: string | null, logger: SdkLogger): SlackWeb {
  const patient = clientOf(token, apiUrl, logger, PATIENCE_MS)
  const quick = clientOf(token, apiUrl, logger, QUICK_MS)
  return {
    call: (method, args, answer) => call(patient, method, args, answer),
    quick: (method, args, answer) => call(quick, method, args, answer),
    keep: (png, alt) =>
      upload(patient, {
        ...{ file: Buffer.from(png), filename: 'foreshock.png', title: 'Foreshock', alt_text: alt },
      }),
    share: async (channel, { name, words }) => {
      await upload(patient, { file: Buffer.from(words), filename: name, title: name, channel_id: channel })
    },
  }
}

/** The file's id. */
async function upload(
  client: webApi.WebClient,
  file: Parameters<webApi.WebClient['files']['uploadV2']>[0],
): Promise<string> {
  let said: unknown
  try {
    said = await client.files.uploadV2(file)
  } catch (error) {
    throw toFault('files.uploadV2', error)
  }
  const id = kept.safeParse(said).data?.files[0]?.files[0]?.id
  if (id !== undefined) return id
  throw new ChatFault('unclear', 'Slack files.uploadV2: an answer that names no file')
}

/**
 * The SDK would try a write again after a lost answer and so post twice, wait without end, and queue behind a rate
 * limit; whether to try again is the outbox's business.
 */
export function clientOf(
  token: string,
  apiUrl: string | null,
  logger: SdkLogger,
  timeout: number,
): webApi.WebClient {
  return new webApi.WebClient(token, {
    ...(apiUrl === null ? {} : { slackApiUrl: apiUrl }),
    retryConfig: { retries: 0 },
    timeout,
    rejectRateLimitedCalls: true,
    logger,
    allowAbsoluteUrls: false,
  })
}

async function call<S extends z.ZodType>(
  client: webApi.WebClient,
  method: string,
  args: Record<string, unknown>,
  answer: S,
): Promise<z.output<S>> {
  let said: unknown
  try {
    said = await client.apiCall(method, args)
  } catch (error) {
    throw toFault(method, error)
  }
  const read = answer.safeParse(said)
  if (read.success) return read.data
  throw new ChatFault('unclear', `Slack ${method}: an answer without ${read.error.issues[0]?.path.join('.')}`)
}
