import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What a vendor's server was asked. */
export interface Asked {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly body: Record<string, unknown>
  readonly headers: IncomingMessage['headers']
}

/** An answer; `words` in place of JSON. */
export interface Answered {
  readonly status?: number
  readonly headers?: Record<string, string>
  readonly json?: unknown
  readonly words?: string
}

export interface VendorServer {
  readonly url: string
  readonly asked: Asked[]
  /** Answers to the next requests in place of the vendor's own, first come first; a function: to every request. */
  trouble: Answered[] | ((asked: Asked) => Answered | null)
  close(): Promise<void>
}

/** A vendor's API on loopback. */
export async function vendorServer(answer: (asked: Asked) => Answered): Promise<VendorServer> {
  const server = createServer((request, response) => {
    readAll(request).then((body) => {
      const url = new URL(request.url!, 'http://vendor')
      const asked: Asked = {
        method: request.method!,
        path: url.pathname,
        query: url.searchParams,
        body,
        headers: request.headers,
      }
      vendor.asked.push(asked)
      const { trouble } = vendor
      const instead = typeof trouble === 'function' ? trouble(asked) : (trouble.shift() ?? null)
      reply(response, instead ?? answer(asked))
    })
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const vendor: VendorServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked: [],
    trouble: [],
    close: () =>
      new Promise((closed) => {
        server.close(() => closed())
        server.closeAllConnections()
      }),
  }
  return vendor
}

function reply(response: ServerResponse, { status = 200, headers = {}, json = {}, words }: Answered): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(words ?? JSON.stringify(json))
}

async function readAll(request: IncomingMessage): Promise<Record<string, unknown>> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  const words = Buffer.concat(parts).toString('utf8')
  if (words === '') return {}
  return words.startsWith('{') ? JSON.parse(words) : Object.fromEntries(new URLSearchParams(words))
}
