import { ForeshockError } from '../../errors.ts'
import { clean, clip, type Text, text } from '../../text.ts'
import type { Account } from './account.ts'
import type { Reply } from './reply.ts'

const LONGEST = 300

/** The vendor answers, but not this: other things can still be had of it. */
export class PathRefused extends ForeshockError {
  readonly status: number

  constructor({ code, said }: ForeshockError, status: number) {
    super(code, said.what, said.hint)
    this.status = status
  }
}

const OF_THE_PATH = [400, 403, 404]

/** Why a vendor's data cannot be had, and what to do about it. */
export function refusal(
  account: Pick<Account, 'source' | 'vendor' | 'variables' | 'secrets' | 'says' | 'isSpent'>,
  path: string,
  reply: Pick<Reply, 'status' | 'body' | 'problem'>,
): ForeshockError {
  const isSpent = account.isSpent?.(reply.body) ?? false
  const { what, hint } = wordsFor(account, path.split('?')[0]!, isSpent ? { ...reply, status: 429 } : reply)
  const error = failure(account.source, what, hint)
  const status = reply.status ?? 0
  const isOfPath = !isSpent && reply.problem === 'refused' && OF_THE_PATH.includes(status)
  return isOfPath ? new PathRefused(error, status) : error
}

/** SOURCE_FAILED, said of a source by its name. */
export function failure(source: string, what: Text, hint: Text): ForeshockError {
  return new ForeshockError('SOURCE_FAILED', text(`${source}：${what.zh}`, `${source}: ${what.en}`), hint)
}

function wordsFor(
  { vendor, variables, secrets, says }: Parameters<typeof refusal>[0],
  path: string,
  { status, body, problem }: Parameters<typeof refusal>[2],
): { what: Text; hint: Text } {
  const own = said(says(body), secrets)
  const [zh, en] = own === null ? ['。', '.'] : [`：${own}`, `: ${own}`]
  switch (problem) {
    case 'no answer':
      return {
        what: text(`${vendor} 没有应答（${path}）。`, `${vendor} does not answer (${path}).`),
        hint: LATER,
      }
    case 'too large':
      return {
        what: text(
          `${vendor} 的应答过大（${path}）。`,
          `${vendor}'s answer is too large to be held (${path}).`,
        ),
        hint: text('请减少映射的字段。', 'Map fewer fields.'),
      }
    case 'not JSON':
      return {
        what: text(`${vendor} 的应答无法读取（${path}）。`, `${vendor}'s answer cannot be read (${path}).`),
        hint: LATER,
      }
  }
  switch (status) {
    case 401:
      return {
        what: text(`${vendor} 不接受密钥${zh}`, `${vendor} does not accept the token${en}`),
        hint: text(`请检查环境变量 ${variables}。`, `Set ${variables} in the environment to what holds now.`),
      }
    case 403:
      return {
        what: text(`${vendor} 不允许读取 ${path}${zh}`, `${vendor} does not allow reading ${path}${en}`),
        hint: text(
          `请给 ${variables} 所属的应用或用户加上它要求的权限。`,
          `Give whoever ${variables} belongs to the scopes or role it asks for.`,
        ),
      }
    case 429:
      return {
        what: text(`${vendor} 的调用额度已用完${zh}`, `${vendor}'s allowance of requests is used up${en}`),
        hint: text('下次拉取会从停下的地方继续。', 'The next pull goes on where this one stopped.'),
      }
  }
  const failed = `HTTP ${status}`
  if (status !== null && status >= 500)
    return {
      what: text(`${vendor} 出错（${failed}，${path}）${zh}`, `${vendor} fails (${failed}, ${path})${en}`),
      hint: LATER,
    }
  return {
    what: text(`${vendor} 拒绝了 ${path}（${failed}）${zh}`, `${vendor} refuses ${path} (${failed})${en}`),
    hint: text(
      '请检查 foreshock.yaml 中这个数据源的对象和字段。',
      'Check the object and the fields of this source in foreshock.yaml.',
    ),
  }
}

const LATER = text('下次拉取会从停下的地方继续。', 'The next pull tries again where this one stopped.')

/** The vendor's own words, clipped, ended as a sentence, without secrets. */
function said(words: string | null, secrets: readonly string[]): string | null {
  if (words === null || words.trim() === '') return null
  const safe = secrets.reduce((left, secret) => left.replaceAll(secret, '***'), clean(words))
  return clip(safe.replace(/\s+/g, ' ').trim(), LONGEST).replace(/(?<![.?!。])$/, '.')
}
