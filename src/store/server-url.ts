import { ForeshockError } from '../errors.ts'
import { text } from '../text.ts'

/** A checked DATABASE_URL. */
export interface ServerAddress {
  /** For node-postgres: without `options`, which would replace the pool's own. */
  readonly connection: string
  /** The address's own `options`, '' when it has none. */
  readonly options: string
  /** Host and database, for messages: the address itself carries a password. */
  readonly shown: string
}

/** @throws ForeshockError CONFIG_INVALID, without repeating the address */
export function readServerUrl(address: string): ServerAddress {
  const url = parsed(address)
  if (url === null) throw malformed()
  const options = url.searchParams.get('options') ?? ''
  url.searchParams.delete('options')
  const host = url.host || url.searchParams.get('host') || 'localhost'
  return { connection: url.href, options, shown: `${host}${url.pathname === '/' ? '' : url.pathname}` }
}

function parsed(address: string): URL | null {
  try {
    const url = new URL(address)
    decodeURIComponent(url.username + url.password + url.pathname)
    return url.protocol === 'postgresql:' || url.protocol === 'postgres:' ? url : null
  } catch {
    return null
  }
}

function malformed(): ForeshockError {
  return new ForeshockError(
    'CONFIG_INVALID',
    text('DATABASE_URL 不是 PostgreSQL 的地址。', 'DATABASE_URL is not the address of a PostgreSQL server.'),
    text(
      '请写成 postgresql://用户:密码@主机:5432/数据库；密码中的 # / ? % 要写成 %23 %2F %3F %25。',
      'Write postgresql://user:password@host:5432/database; in the password, # / ? % are written %23 %2F %3F %25.',
    ),
  )
}
