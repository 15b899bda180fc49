import { webApi } from '@slack/bolt'
import type { z } from 'zod'
import { ChatFault } from '../fault.ts'
import { toFault } from './faults.ts'
import type { SdkLogger } from './sdk-log.ts'

/** Slack's Web API: every call attempted once, every failure a ChatFault. */
export interface SlackWeb {
  /** The answer, checked. Throws ChatFault. */
  call<S extends z.ZodType>(method: string, args: Record<string, unknown>, answer: S): Promise<z.output<S>>
  /** The same with less patience, for what must happen while a person's click is still fresh. */
  quick<S extends z.ZodType>(method: string, args: Record<string, unknown>, answer: S): Promise<z.output<S>>
  /** Uploads a picture and shares it. Throws ChatFault. */
  upload(picture: Upload): Promise<void>
}

export interface Upload {
  readonly channel: string
  readonly thread: string | null
  readonly png: Buffer
  readonly name: string
  readonly alt: string
}

/** How long a call may take. Milliseconds. */
const PATIENCE_MS = 5_000
/** A form must be open three seconds after the click; this leaves the rest for our own work. */
const QUICK_MS = 2_000

/** @param apiUrl null: Slack's own */
export function openWeb(token: string, apiUrl: string | null, logger: SdkLogger): SlackWeb {
  const patient = clientOf(token, apiUrl, logger, PATIENCE_MS)
  const quick = clientOf(token, apiUrl, logger, QUICK_MS)
  return {
    call: (method, args, answer) => call(patient, method, args, answer),
    quick: (method, args, answer) => call(quick, method, args, answer),
    upload: async ({ channel, thread, png, name, alt }) => {
      const file = { file: png, filename: `${name}.png`, title: name, alt_text: alt }
      const where = thread === null ? { channel_id: channel } : { channel_id: channel, thread_ts: thread }
      try {
        await patient.files.uploadV2({ ...where, ...file })
      } catch (error) {
        throw toFault('files.uploadV2', error)
      }
    },
  }
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
