import pg from 'pg'
import { ForeshockError } from '../../errors.ts'
import { clean, clip, same, type Text, text } from '../../text.ts'
import type { FaultOf, Opening } from './dialect.ts'

/** What PostgreSQL's errors mean to whoever wrote the mapping. The address is never repeated: it carries a password. */
export const postgresFault: FaultOf = (error, opening) => {
  if (error instanceof ForeshockError) return error
  const { code = '', message = '' } = error as { code?: string; message?: string }
  const { what, hint } = meaningOf(code, message, opening)
  const said = (words: Text): Text => text(`${opening.source}：${words.zh}`, `${opening.source}: ${words.en}`)
  const server = error instanceof pg.DatabaseError ? serverWords(error, opening) : same('')
  return new ForeshockError('SOURCE_FAILED', said(text(what.zh + server.zh, what.en + server.en)), hint)
}

interface Meaning {
  readonly what: Text
  readonly hint: Text
}

const BROKEN = /Connection terminated|Connection ended|closed the connection/i

function meaningOf(code: string, message: string, opening: Opening): Meaning {
  const { variable, timeoutSeconds } = opening
  const where = shownAddress(opening.address)
  const byCode = MEANINGS[code]
  if (byCode !== undefined) return byCode(where, variable)
  if (code === '57014' || /Query read timeout/.test(message)) {
    return {
      what: text(
        `查询超过 ${timeoutSeconds} 秒还没有结果。`,
        `the query took longer than ${timeoutSeconds} seconds.`,
      ),
      hint: text(
        '请为 after 和 key 两列建索引，或调大 timeoutSeconds。',
        'Give the columns of `after` and `key` an index, or raise `timeoutSeconds`.',
      ),
    }
  }
  if (/^08|^57P0|^ECONNRESET$|^EPIPE$/.test(code) || BROKEN.test(message)) {
    return {
      what: text(`与 ${where} 的连接断开了。`, `the connection to ${where} broke.`),
      hint: text('下次拉取会从断开处继续。', 'The next pull goes on where this one stopped.'),
    }
  }
  if (/^E[A-Z]+$/.test(code) || /timeout expired|connect/i.test(message)) {
    return {
      what: text(
        `连不上 ${where}（${code || message}）。`,
        `${where} cannot be reached (${code || message}).`,
      ),
      hint: text(
        `请检查 ${variable} 里的主机和端口，以及网络。`,
        `Check the host and port in ${variable}, and the network.`,
      ),
    }
  }
  if (code === '') {
    const said = clip(clean(message), 200)
    return {
      what: text(`与 ${where} 对话失败（${said}）。`, `talking to ${where} failed (${said}).`),
      hint: CHECK_ADDRESS(variable),
    }
  }
  return {
    what: text('查询没有成功。', 'the query failed.'),
    hint: text('请修改 query，或先在数据库里试一试。', 'Correct `query`; try it in the database itself.'),
  }
}

type Means = (where: string, variable: string) => Meaning

const CHECK_ADDRESS = (variable: string): Text => text(`请检查 ${variable}。`, `Check ${variable}.`)

const denied: Means = (where, variable) => ({
  what: text(`${where} 不接受这个用户名或密码。`, `${where} refuses this user or password.`),
  hint: text(
    `请检查 ${variable}；密码中的 # / ? % 要写成 %23 %2F %3F %25。`,
    `Check ${variable}; in the password, # / ? % are written %23 %2F %3F %25.`,
  ),
})

const MEANINGS: Readonly<Record<string, Means>> = {
  '28P01': denied,
  '28000': denied,
  '3D000': (where, variable) => ({
    what: text(`没有 ${where} 这个数据库。`, `there is no database ${where}.`),
    hint: CHECK_ADDRESS(variable),
  }),
  '42501': (_, variable) => ({
    what: text('这个用户无权读取。', 'this user may not read that.'),
    hint: text(
      `请在数据库里给 ${variable} 中的用户授予 SELECT 权限。`,
      `Grant SELECT to the user in ${variable}.`,
    ),
  }),
  '25006': () => ({
    what: text('query 想要写入，而这里只读。', '`query` wants to write, and only reading is allowed.'),
    hint: text('请写成只读的 SELECT。', 'Write a SELECT that only reads.'),
  }),
  '53300': (where) => ({
    what: text(`${where} 的连接已满。`, `${where} has no connection left.`),
    hint: text('下次拉取会重试；请检查连接数上限。', 'The next pull tries again; check its max_connections.'),
  }),
}

/** What the server itself says, with the place in the query. */
function serverWords({ code, message, hint }: pg.DatabaseError, { mask }: Opening): Text {
  // These are about the connection; what the server says of it names user and host.
  if (code === undefined || /^(28|3D|08|53|57)/.test(code)) return same('')
  const said = clip(mask(clean(message)), 200)
  const more = hint === undefined ? '' : ` ${clip(clean(hint), 200)}`
  return text(`数据库说：${said}。${more}`, ` The database says: ${said}.${more}`)
}

/** Host and database, without user and password. */
export function shownAddress(address: string): string {
  try {
    const { host, pathname } = new URL(address)
    return `${host || 'localhost'}${pathname === '/' ? '' : pathname}`
  } catch {
    return 'the database'
  }
}
