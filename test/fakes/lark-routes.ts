import type { IncomingMessage } from 'node:http'
import { endpointOf } from './lark-wire.ts'
import { APP, BOT, no, ok, type openDesk, TENANT, type Told, type World } from './lark-world.ts'

export interface Parts {
  readonly world: World
  readonly desk: ReturnType<typeof openDesk>
  readonly token: { given: number; readonly valid: Set<string> }
  host(): string
}

type Body = Record<string, unknown>
type Route = (found: RegExpExecArray, body: Body, query: URLSearchParams, raw: Buffer) => Told

/** Serves one call of the open platform. */
export function routesOf(parts: Parts): (request: IncomingMessage, raw: Buffer) => Told {
  const open = openRoutes(parts)
  const guarded = guardedRoutes(parts)
  return (request, raw) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://lark')
    const call = `${request.method} ${pathname}`
    const body = jsonOf(raw)
    const run = (routes: readonly [RegExp, Route][]): Told | null => {
      for (const [pattern, route] of routes) {
        const found = pattern.exec(call)
        if (found !== null) return route(found, body, searchParams, raw)
      }
      return null
    }
    const early = run(open)
    if (early !== null) return early
    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1]
    if (token === undefined) return no(99991661, 'Missing access token for authorization.')
    if (!parts.token.valid.has(token)) return no(99991663, 'Invalid access token for authorization.', 401)
    return run(guarded) ?? { status: 404, body: { code: 404, msg: 'not found' } }
  }
}

function openRoutes({ token, host }: Parts): readonly [RegExp, Route][] {
  const isOurs = (id: unknown, secret: unknown) => id === APP.appId && secret === APP.appSecret
  return [
    [
      /^POST \/open-apis\/auth\/v3\/tenant_access_token\/internal$/,
      (_, { app_id, app_secret }) => {
        if (!isOurs(app_id, app_secret)) return no(10014, 'app secret invalid', 200)
        token.given += 1
        const tenant_access_token = `t-${token.given}`
        token.valid.add(tenant_access_token)
        return { status: 200, body: { code: 0, msg: 'ok', tenant_access_token, expire: 7_200 } }
      },
    ],
    [
      /^POST \/callback\/ws\/endpoint$/,
      (_, { AppID, AppSecret }) =>
        isOurs(AppID, AppSecret)
          ? { status: 200, body: endpointOf(host()) }
          : { status: 200, body: { code: 1000040345, msg: 'app_id or app_secret is invalid' } },
    ],
  ]
}

function guardedRoutes({ world, desk }: Parts): readonly [RegExp, Route][] {
  const id = '([\\w-]+)'
  const at = (method: string, path: string) => new RegExp(`^${method} /open-apis/${path}$`)
  return [
    [at('POST', 'im/v1/messages'), (_, body, query) => desk.create(query.get('receive_id_type') ?? '', body)],
    [at('PATCH', `im/v1/messages/${id}`), ([, message], body) => desk.patch(message!, body)],
    [at('GET', `im/v1/messages/${id}`), ([, message]) => desk.get(message!)],
    [at('POST', `im/v1/messages/${id}/reply`), ([, message], body) => desk.reply(message!, body)],
    [at('PATCH', `im/v1/messages/${id}/urgent_app`), ([, message], body) => desk.buzz(message!, body)],
    [at('POST', 'ephemeral/v1/send'), (_, body) => desk.aside(body)],
    [
      at('POST', 'im/v1/images'),
      (_found, _body, _query, raw) => {
        world.images.push(raw)
        return ok({ image_key: `img_${world.images.length}` })
      },
    ],
    [
      at('POST', 'im/v1/files'),
      (_found, _body, _query, raw) => {
        if (!world.scopes.has('im:resource')) return no(99991672, 'Access denied. im:resource is required.')
        world.files.push(raw)
        return ok({ file_key: `file_${world.files.length}` })
      },
    ],
    [at('GET', 'im/v1/chats'), (_found, _body, query) => chats(world, query)],
    [at('GET', `contact/v3/users/${id}`), ([, user]) => contact(world, user!)],
    [
      at('GET', 'bot/v3/info'),
      () => ({
        status: 200,
        body: {
          code: 0,
          msg: 'ok',
          bot: { open_id: BOT, app_name: 'Foreshock', activate_status: world.botOn ? 2 : 1 },
        },
      }),
    ],
    [
      at('GET', 'application/v6/scopes'),
      () => ok({ scopes: [...world.scopes].map((scope_name) => ({ scope_name, grant_status: 1 })) }),
    ],
  ]
}

/** Two a page, so that paging is used. */
function chats({ groups }: World, query: URLSearchParams): Told {
  const all = [...groups].filter(([, group]) => group.botIn && !group.dissolved)
  const from = Number(query.get('page_token') ?? 0)
  const items = all
    .slice(from, from + 2)
    .map(([chat_id, { name, external }]) => ({ chat_id, name, external }))
  const more = from + 2 < all.length
  return ok({ items, has_more: more, page_token: more ? String(from + 2) : '' })
}

function contact({ users }: World, user: string): Told {
  const found = users.get(user)
  if (found === undefined || found.tenant !== TENANT) return no(41050, 'no user authority error')
  const { name, email, resigned } = found
  return ok({ user: { open_id: user, name, email, status: { is_resigned: resigned, is_frozen: false } } })
}

function jsonOf(raw: Buffer): Body {
  try {
    return JSON.parse(raw.toString()) as Body
  } catch {
    return {}
  }
}
