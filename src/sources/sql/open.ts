import { ForeshockError } from '../../errors.ts'
import { text } from '../../text.ts'
import type { SourceEnvironment } from '../environment.ts'
import { secretIn, type Variables } from '../variable.ts'
import type { Dialect, Session } from './dialect.ts'
import type { SqlMapping } from './mapping.ts'
import { postgres } from './postgres.ts'

export interface SqlEnvironment extends SourceEnvironment {
  readonly variables: Variables
  /** Takes out what names a person. */
  mask(words: string): string
  /** Default: all that there are. */
  readonly dialects?: readonly Dialect[]
}

/** Every engine that can be read. */
const DIALECTS: readonly Dialect[] = [postgres]

/** Connects to what the mapping's variable names. @throws ForeshockError SOURCE_FAILED */
export async function openSession(
  { name: source, url: variable, timeZone, timeoutSeconds }: SqlMapping,
  { variables, company, mask, dialects = DIALECTS }: SqlEnvironment,
  signal: AbortSignal,
): Promise<Session> {
  const address = secretIn(variable, variables, source, EXAMPLE)
  const protocol = protocolOf(address)
  const dialect = dialects.find(({ protocols }) => protocols.includes(protocol))
  if (dialect === undefined) {
    throw new ForeshockError(
      'SOURCE_FAILED',
      text(
        `${source}：环境变量 ${variable} 不是可用的数据库地址。`,
        `${source}: the environment variable ${variable} is not the address of a database that can be read.`,
      ),
      text(
        `请写成 ${EXAMPLE}；密码中的 # / ? % 要写成 %23 %2F %3F %25。`,
        `Write ${EXAMPLE}; in the password, # / ? % are written %23 %2F %3F %25.`,
      ),
    )
  }
  return dialect.open({
    ...{ source, variable, address, timeoutSeconds, signal, mask },
    timeZone: timeZone ?? company.timeZone,
  })
}

const EXAMPLE = 'postgresql://user:password@host:5432/database'

function protocolOf(address: string): string {
  return URL.canParse(address) ? new URL(address).protocol.replace(/:$/, '') : ''
}
