import type { FastifyReply } from 'fastify'
import type { FailureBody } from '../server-errors.ts'
import { clip, type Text, text } from '../text.ts'
import { SIGNATURE_HEADER, TIMESTAMP_HEADER } from './proof.ts'

/** Why a whole request is refused, and what to do about it. */
export interface Refusal {
  readonly status: number
  readonly code: string
  readonly what: Text
  readonly hint: Text
}

/** Records in one request at most. */
export const MOST_RECORDS = 1_000

const refusal = (status: number, code: string, what: Text, hint: Text): Refusal => ({
  status,
  code,
  what,
  hint,
})

export const OFF = refusal(
  403,
  'FORBIDDEN',
  text('实时接入没有开启。', 'Nothing is taken in over HTTP here.'),
  text(
    '请在环境变量里设置 FORESHOCK_INGEST_TOKEN 或 FORESHOCK_INGEST_SECRET，然后重新启动。',
    'Set FORESHOCK_INGEST_TOKEN or FORESHOCK_INGEST_SECRET in the environment and start again.',
  ),
)

const HOW_TO_PROVE = text(
  `请在请求头里带上 Authorization: Bearer 令牌，或 ${TIMESTAMP_HEADER} 与 ${SIGNATURE_HEADER}。`,
  `Send Authorization: Bearer TOKEN, or ${TIMESTAMP_HEADER} and ${SIGNATURE_HEADER}.`,
)

export const UNPROVED: Readonly<Record<'missing' | 'wrong' | 'stale', Refusal>> = {
  missing: refusal(
    401,
    'FORBIDDEN',
    text('请求没有说明是谁发的。', 'The request does not prove who sends it.'),
    HOW_TO_PROVE,
  ),
  wrong: refusal(
    401,
    'FORBIDDEN',
    text('令牌或签名不对。', 'The token or the signature is wrong.'),
    HOW_TO_PROVE,
  ),
  stale: refusal(
    401,
    'FORBIDDEN',
    text('签名的时间与现在相差超过 5 分钟。', 'The signature is more than 5 minutes away from now.'),
    text(
      `请校准时钟，每次发送都重新签名；${TIMESTAMP_HEADER} 是 1970 年以来的秒数。`,
      `Set the clock right and sign every request anew; ${TIMESTAMP_HEADER} is in seconds since 1970.`,
    ),
  ),
}

export const PACKED = refusal(
  415,
  'BAD_INPUT',
  text('不接受压缩过的内容。', 'Compressed bodies are not taken.'),
  text('请不压缩直接发送。', 'Send the body without a content-encoding.'),
)

export const NOT_UTF8 = refusal(
  400,
  'BAD_INPUT',
  text('内容不是合法的 UTF-8。', 'The body is not valid UTF-8.'),
  text('请以 UTF-8 编码发送。', 'Send it in UTF-8.'),
)

export const NOT_JSON = refusal(
  400,
  'BAD_INPUT',
  text('内容不是合法的 JSON。', 'The body is not valid JSON.'),
  text(
    '请发送一条记录、一个数组、{"records":[…]}，或每行一条的 NDJSON（content-type: application/x-ndjson）。',
    'Send one record, an array, {"records":[...]}, or NDJSON with content-type application/x-ndjson.',
  ),
)

export const KEY_TWICE = (key: string): Refusal =>
  refusal(
    400,
    'BAD_INPUT',
    text(
      `内容里的 ${clip(key, 40)} 在同一个对象里出现了两次。`,
      `The key "${clip(key, 40)}" stands twice in one object.`,
    ),
    text('请只保留一个，重新发送。', 'Keep one of the two and send it again.'),
  )

export const NO_LIST = (path: string): Refusal =>
  refusal(
    400,
    'BAD_INPUT',
    text(`内容里的 ${path} 不是列表。`, `There is no list at ${path} in the body.`),
    text('请检查 foreshock.yaml 里这个数据源的 list。', 'Check `list` of this source in foreshock.yaml.'),
  )

export const NOTHING_SENT = refusal(
  400,
  'BAD_INPUT',
  text('请求里没有记录。', 'There is no record in the request.'),
  text('请至少发送一条。', 'Send at least one.'),
)

export const TOO_MANY = refusal(
  413,
  'BAD_INPUT',
  text(`一次请求最多 ${MOST_RECORDS} 条记录。`, `A request may hold ${MOST_RECORDS} records at most.`),
  text('请分几次发送。', 'Send them in several requests.'),
)

export const BAD_KEY = refusal(
  400,
  'BAD_INPUT',
  text(
    'Idempotency-Key 应是 1 到 200 个可见的 ASCII 字符。',
    'Idempotency-Key must be 1 to 200 visible ASCII characters.',
  ),
  text('例如一个 UUID。', 'A UUID will do.'),
)

export const KEY_MISUSED = refusal(
  422,
  'CONFLICT',
  text('这个 Idempotency-Key 已用于另一个请求。', 'This Idempotency-Key stands for another request.'),
  text('内容不同的请求请用新的键。', 'Give a request with other content a key of its own.'),
)

export const NO_SUCH = (known: readonly string[]): Refusal =>
  refusal(
    404,
    'NOT_FOUND',
    text('这里没有这个接入地址。', 'Nothing is taken in at this address.'),
    text(
      `可用的地址：${known.map((name) => `/ingest/${name}`).join('、')}。`,
      `There are: ${known.map((name) => `/ingest/${name}`).join(', ')}.`,
    ),
  )

export const TOO_FAST = refusal(
  429,
  'TOO_FAST',
  text('请求太密。', 'Requests come too fast.'),
  text(
    '请按 Retry-After 稍后再发，或一次多发几条。',
    'Come again after Retry-After, or send more records at a time.',
  ),
)

export const BUSY = refusal(
  503,
  'BUSY',
  text('积压太多，这次没有收下。', 'Too much is waiting; this was not taken.'),
  text('请按 Retry-After 稍后再发。', 'Send it again after Retry-After.'),
)

export const NOT_KEPT = refusal(
  503,
  'DATABASE_UNREACHABLE',
  text('没能存下来。', 'This could not be kept.'),
  text('请稍后再发；重复发送不会重复记录。', 'Send it again later; what comes twice is kept once.'),
)

/** Answers with a refusal; nothing of the request was kept. */
export function refuse(reply: FastifyReply, refused: Refusal, retryAfter?: number): FastifyReply {
  const { status, code, what, hint } = refused
  const body: FailureBody = { error: { code, what, hint } }
  if (retryAfter !== undefined) void reply.header('retry-after', String(retryAfter))
  if (status === 401) void reply.header('www-authenticate', 'Bearer')
  return reply.code(status).send(body)
}
