import { request } from 'node:http'

const CHUNK = Buffer.alloc(64 * 1024, 'x')

/**
 * Posts a body of up to `most` bytes without naming its length, until the server answers: with what status, and how
 * many bytes it had been handed by then.
 */
export function flood(url: string, most: number): Promise<{ status: number; sent: number }> {
  return new Promise((resolve, reject) => {
    let sent = 0
    let status = 0
    const headers = { 'content-type': 'application/json', 'transfer-encoding': 'chunked' }
    const outgoing = request(url, { method: 'POST', headers }, (response) => {
      status = response.statusCode ?? 0
      response.resume()
      outgoing.destroy()
      resolve({ status, sent })
    })
    // Cut off while still sending: what was answered before counts.
    outgoing.on('error', (error) => (status > 0 ? resolve({ status, sent }) : reject(error)))
    const more = (): void => {
      while (status === 0 && sent < most && !outgoing.destroyed) {
        sent += CHUNK.length
        if (!outgoing.write(CHUNK)) return void outgoing.once('drain', more)
      }
      if (status === 0) outgoing.end()
    }
    more()
  })
}
