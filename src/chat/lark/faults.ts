import { ChatFault, type ChatFaultCode } from '../fault.ts'
import { LarkRefusal } from './transport.ts'

/**
 * What Lark's codes mean for delivery. Source: the error tables of im/v1 message create, reply, patch and urgent_app and
 * the list of general error codes on open.feishu.cn.
 */
const MEANING: Readonly<Record<number, ChatFaultCode>> = {
  // Too many: of the app, of a group shared by all its bots, of one message.
  99991400: 'rate-limited',
  99991401: 'rate-limited',
  11232: 'rate-limited',
  11233: 'rate-limited',
  11247: 'rate-limited',
  230020: 'rate-limited',
  // Lark itself has trouble, or the same message is still on its way: it may be done, or become so.
  1500: 'unclear',
  2200: 'unclear',
  230049: 'unclear',
  // The card: over a limit, wrong, too long, or its words are not let through.
  230099: 'card-refused',
  230025: 'card-refused',
  230022: 'card-refused',
  230028: 'card-refused',
  230054: 'card-refused',
  11310: 'card-refused',
  11246: 'card-refused',
  // The message: called back, deleted, never there.
  230011: 'message-gone',
  230110: 'message-gone',
  230019: 'message-gone',
  99992354: 'message-gone',
  // Its 14 days are over, or it was edited too often.
  230031: 'edit-closed',
  230072: 'edit-closed',
  230075: 'edit-closed',
  // The chat: bot not in it, muted, dissolved, unknown, another company's; the person: out of the app's reach.
  230002: 'channel-closed',
  230013: 'channel-closed',
  230018: 'channel-closed',
  230034: 'channel-closed',
  230035: 'channel-closed',
  230038: 'channel-closed',
  230053: 'channel-closed',
  232006: 'channel-closed',
  232009: 'channel-closed',
  232010: 'channel-closed',
  99992361: 'channel-closed',
  // The app: secret wrong, token revoked, switched off, bot ability off, permission missing.
  10003: 'token-refused',
  10014: 'token-refused',
  99991543: 'token-refused',
  99991661: 'token-refused',
  99991662: 'token-refused',
  99991663: 'token-refused',
  99991664: 'token-refused',
  99991665: 'token-refused',
  99991668: 'token-refused',
  99991672: 'token-refused',
  99991679: 'token-refused',
  230006: 'token-refused',
  230027: 'token-refused',
}

/** Codes by which Lark says that the token itself is no good; a fresh one may do. */
const STALE_TOKEN = new Set([99991661, 99991663, 99991664, 99991665, 99991668])

export function isStaleToken(error: unknown): boolean {
  return error instanceof LarkRefusal && STALE_TOKEN.has(error.code)
}

/** A refusal in the words every platform shares; anything else passes as it is. */
export function faultOf(error: unknown): unknown {
  if (!(error instanceof LarkRefusal)) return error
  return new ChatFault(codeOf(error), wordsOf(error), error.retryAfterMs)
}

function codeOf(refusal: LarkRefusal): ChatFaultCode {
  const { status, code, message, maySent } = refusal
  if (status === 0) return maySent ? 'unclear' : 'unavailable'
  if (code === 230001) return parameterFault(message)
  const meant = MEANING[code] ?? cardRange(code)
  if (meant !== null) return meant
  if (status === 429) return 'rate-limited'
  // What broke on the way may have been done, in the state it had then; only "come back later" surely was not.
  if (status === 503) return 'unavailable'
  if (status >= 500 || status === 408) return 'unclear'
  if (status === 401) return 'token-refused'
  return code >= 230_000 && code < 233_000 ? messageFault(message) : 'refused'
}

/** Lark adds codes without notice; those about messages and chats mostly say in words which of the known ones they are. */
function messageFault(words: string): ChatFaultCode {
  if (/withdrawn|recalled|deleted|not exist/i.test(words)) return 'message-gone'
  if (/14 days|valid period|time limit|expired/i.test(words)) return 'edit-closed'
  if (/rate limit|frequency/i.test(words)) return 'rate-limited'
  return 'refused'
}

/** 200xxx and 300xxx: the card engine. */
function cardRange(code: number): ChatFaultCode | null {
  return (code >= 200_000 && code < 201_000) || (code >= 300_000 && code < 301_000) ? 'card-refused' : null
}

/** 230001 covers every wrong parameter and names it in its words. */
function parameterFault(words: string): ChatFaultCode {
  if (/message_id|message id/i.test(words)) return 'message-gone'
  if (/receive_id|chat_id|open_id/i.test(words)) return 'channel-closed'
  return /content|card/i.test(words) ? 'card-refused' : 'refused'
}

/** Lark names the permission that is missing in brackets: "... scopes is required: [im:message:send_as_bot]". */
function wordsOf({ code, message }: LarkRefusal): string {
  if (code !== 99991672 && code !== 99991679) return message
  const scopes = /\[([\w:., -]+)\]/.exec(message)?.[1]
  if (scopes === undefined) return message
  return `The Lark app lacks a permission (one of ${scopes}); add it in the developer console and publish a version.`
}
