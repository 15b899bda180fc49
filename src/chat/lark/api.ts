import { type Cache, Client, type Logger as SdkLogger } from '@larksuiteoapi/node-sdk'
import type { Clock } from '../../clock.ts'
import type { Log } from '../../log.ts'
import { faultOf, isStaleToken } from './faults.ts'
import { openTransport } from './transport.ts'

/** Which app on which platform. */
export interface LarkAccount {
  /** `cli_` and 16 hexadecimal digits. */
  readonly appId: string
  readonly appSecret: string
  /** `feishu`, `lark`, or the root of a server that speaks like them. */
  readonly domain: string
}

/** The SDK's client, which every call goes through `ask`. */
export interface LarkApi {
  readonly account: LarkAccount
  /** Where calls go: "https://open.feishu.cn". */
  readonly root: string
  /** One call; throws ChatFault. A token that turned out stale is replaced once: Lark refused, so nothing was done. */
  ask<T>(call: (client: Client) => Promise<T>): Promise<T>
}

const TIMEOUT_MS = 5_000

export function openApi(account: LarkAccount, clock: Clock, log: Log, timeoutMs = TIMEOUT_MS): LarkApi {
  const cache = openTokens(clock)
  const root = rootOf(account.domain)
  const client = new Client({
    appId: account.appId,
    appSecret: account.appSecret,
    domain: root,
    cache,
    logger: quiet(log),
    httpInstance: openTransport(timeoutMs),
    source: 'foreshock',
  })
  return {
    account,
    root,
    ask: async (call) => {
      try {
        return await call(client)
      } catch (error) {
        if (!isStaleToken(error)) throw faultOf(error)
        cache.clear()
      }
      try {
        return await call(client)
      } catch (error) {
        throw faultOf(error)
      }
    },
  }
}

export function rootOf(domain: string): string {
  if (domain === 'feishu') return 'https://open.feishu.cn'
  if (domain === 'lark') return 'https://open.larksuite.com'
  return domain.replace(/\/+$/, '')
}

/** Tokens of this client alone: the SDK's own cache is shared by everything in the process. */
function openTokens(clock: Clock): Cache & { clear(): void } {
  const kept = new Map<string, { value: unknown; until: number }>()
  const name = (key: string | symbol | object, namespace = '') => `${namespace}/${String(key)}`
  return {
    get: async (key, options) => {
      const found = kept.get(name(key, options?.namespace))
      return found !== undefined && found.until > clock.now().getTime() ? found.value : undefined
    },
    set: async (key, value, until, options) => {
      kept.set(name(key, options?.namespace), { value, until: until ?? Number.POSITIVE_INFINITY })
      return true
    },
    clear: () => kept.clear(),
  }
}

/** The SDK's own lines hold addresses with tickets and whole requests: of its errors only the first words are kept. */
export function quiet(log: Log): SdkLogger {
  const note = (...said: unknown[]): void => {
    const words = said.flat(3).filter((each) => typeof each === 'string' && !/:\/\//.test(each))
    log.debug({ sdk: words.join(' ').slice(0, 200) }, 'lark sdk')
  }
  const nothing = (): void => {}
  return { error: note, warn: note, info: nothing, debug: nothing, trace: nothing }
}
