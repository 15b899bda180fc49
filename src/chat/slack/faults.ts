import { ChatFault, type ChatFaultCode } from '../fault.ts'

/** Slack's own error words, by what they mean to us. Anything else is `refused`. */
const WORDS: Readonly<Record<Exclude<ChatFaultCode, 'refused'>, readonly string[]>> = {
  'rate-limited': ['ratelimited', 'rate_limited', 'message_limit_exceeded'],
  unavailable: ['service_unavailable', 'team_added_to_org', 'access_denied_temporarily'],
  // Slack: "it's possible some aspect of the operation succeeded before the error was raised".
  unclear: ['fatal_error', 'internal_error', 'request_timeout'],
  'card-refused': [
    'msg_blocks_too_long',
    'invalid_blocks',
    'invalid_blocks_format',
    'blocks_too_long',
    'attachment_payload_limit_exceeded',
    'msg_too_long',
    'no_text',
    'metadata_too_large',
    'invalid_metadata_format',
    'duplicate_block_id',
  ],
  'message-gone': ['message_not_found', 'thread_not_found', 'invalid_thread_ts', 'invalid_ts'],
  'edit-closed': ['cant_update_message', 'edit_window_closed'],
  'channel-closed': [
    'channel_not_found',
    'is_archived',
    'not_in_channel',
    'user_not_in_channel',
    'is_inactive',
    'restricted_action',
    'restricted_action_read_only_channel',
    'user_not_found',
    'user_disabled',
    'cannot_dm_bot',
  ],
  'token-refused': [
    'token_revoked',
    'token_expired',
    'invalid_auth',
    'account_inactive',
    'not_authed',
    'missing_scope',
    'not_allowed_token_type',
    'no_permission',
    'org_login_required',
    'ekm_access_denied',
    'team_access_not_granted',
    'app_not_installed',
  ],
}

const CODES = new Map(
  Object.entries(WORDS).flatMap(([code, words]) => words.map((word) => [word, code as ChatFaultCode])),
)

/** Faults of a connection that was never made: nothing can have happened at Slack. */
const UNSENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
])

interface SdkError {
  readonly code?: unknown
  readonly retryAfter?: unknown
  readonly statusCode?: unknown
  readonly original?: { readonly name?: unknown; readonly cause?: { readonly code?: unknown } }
  readonly data?: {
    readonly error?: unknown
    readonly needed?: unknown
    readonly response_metadata?: { readonly messages?: unknown; readonly retryAfter?: unknown }
  }
}

/**
 * What the SDK threw as a fault of ours. Its message names the method and Slack's word, never what was sent: an SDK
 * error may carry the token and the card.
 */
export function toFault(method: string, error: unknown): ChatFault {
  if (error instanceof ChatFault) return error
  const sdk = (error ?? {}) as SdkError
  switch (sdk.code) {
    case 'slack_webapi_rate_limited_error':
      return new ChatFault('rate-limited', `Slack ${method}: too many requests`, milliseconds(sdk.retryAfter))
    case 'slack_webapi_platform_error':
      return platformFault(method, sdk.data ?? {})
    case 'slack_webapi_http_error':
      return httpFault(method, Number(sdk.statusCode))
    case 'slack_webapi_request_error':
      return connectionFault(method, sdk.original ?? {})
    default:
      return new ChatFault('refused', `Slack ${method}: ${nameOf(error)}`)
  }
}

function platformFault(method: string, data: NonNullable<SdkError['data']>): ChatFault {
  // An answer that is no JSON arrives here as the whole text; a word of Slack's is short.
  const word = String(data.error ?? 'unknown')
  const known = /^[a-z0-9_]{1,60}$/i.test(word) ? word : 'answered something that is not JSON'
  const code = CODES.get(known) ?? (known === word ? 'refused' : 'unclear')
  const detail =
    known === 'missing_scope' && typeof data.needed === 'string'
      ? ` (the app needs the scope ${data.needed.slice(0, 80)})`
      : ''
  const pause = code === 'rate-limited' ? milliseconds(data.response_metadata?.retryAfter) : null
  return new ChatFault(code, `Slack ${method}: ${known}${detail}`, pause)
}

/** A gateway that gave up may have passed the request on first, so only "come back later" is certainly not done. */
function httpFault(method: string, status: number): ChatFault {
  const code = status === 503 ? 'unavailable' : status >= 500 ? 'unclear' : 'refused'
  return new ChatFault(code, `Slack ${method}: HTTP ${status}`)
}

function connectionFault(method: string, original: NonNullable<SdkError['original']>): ChatFault {
  const cause = String(original.cause?.code ?? original.name ?? 'connection failed')
  return new ChatFault(UNSENT.has(cause) ? 'unavailable' : 'unclear', `Slack ${method}: ${cause}`)
}

function milliseconds(seconds: unknown): number | null {
  const value = Number(seconds)
  return Number.isFinite(value) && value >= 0 ? value * 1_000 : null
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'failed'
}
