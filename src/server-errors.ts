import { type ErrorCode, isExpected } from './errors.ts'
import { type Text, text } from './text.ts'

/** The JSON of every failed request: what went wrong and how to mend it, never a stack or a path. */
export interface FailureBody {
  readonly error: { readonly code: string; readonly what: Text; readonly hint: Text }
}

export interface Failure {
  readonly status: number
  readonly body: FailureBody
  /** True for a bug or an outage: worth an error in the log. */
  readonly unexpected: boolean
}

const STATUS: Record<ErrorCode, number> = {
  BAD_INPUT: 400,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
  SOURCE_FAILED: 502,
  DATABASE_UNREACHABLE: 503,
  DATA_LOCKED: 503,
  PORT_BUSY: 503,
  CONFIG_MISSING: 500,
  CONFIG_INVALID: 500,
}

/** What Fastify itself refuses before a route sees it, by status. */
const REFUSED: Record<number, { code: string; what: Text; hint: Text }> = {
  400: {
    code: 'BAD_INPUT',
    what: text('请求的内容读不懂。', 'The request could not be read.'),
    hint: text('请发送合法的 JSON。', 'Send valid JSON.'),
  },
  413: {
    code: 'BAD_INPUT',
    what: text('请求的内容太大。', 'The request is too large.'),
    hint: text('最多 256 KB。', 'It may hold 256 KB at most.'),
  },
  415: {
    code: 'BAD_INPUT',
    what: text('只接受 JSON。', 'Only JSON is accepted.'),
    hint: text('请把 content-type 设为 application/json。', 'Set content-type to application/json.'),
  },
}

/** Turns anything thrown while answering into a status and a body that is safe to show. */
export function describeFailure(error: unknown, request: string): Failure {
  if (isExpected(error)) {
    const body = { error: { code: error.code, what: error.said.what, hint: error.said.hint } }
    const status = STATUS[error.code]
    return { status, body, unexpected: status >= 500 }
  }
  const status = (error as { statusCode?: unknown } | null)?.statusCode
  if (typeof status === 'number' && status >= 400 && status < 500) {
    return { status, body: { error: REFUSED[status] ?? REFUSED[400]! }, unexpected: false }
  }
  const internal = {
    code: 'INTERNAL',
    what: text('程序出错了，这一步没有做成。', 'Something went wrong and this was not done.'),
    hint: text(
      `请再试一次；若仍不行，日志里的编号是 ${request}。`,
      `Try again; in the log this is request ${request}.`,
    ),
  }
  return { status: 500, body: { error: internal }, unexpected: true }
}
