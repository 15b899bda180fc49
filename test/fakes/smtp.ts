import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'

/** A mail server on loopback that speaks as much SMTP as one e-mail takes. */
export interface SmtpFake {
  readonly port: number
  /** What it took, the newest last, as it came over the wire. */
  readonly mails: { readonly to: string; readonly data: string }[]
  /** What it answers a verb with instead of going along: `{ RCPT: '451 later' }`; `{ END: 'lost' }`: it takes a mail and goes. */
  readonly answers: Record<string, string>
  /** Accounts that were shown, as AUTH PLAIN has them. */
  readonly accounts: string[]
  close(): Promise<void>
}

export async function openSmtpFake(port = 0): Promise<SmtpFake> {
  const fake = {
    mails: [] as { to: string; data: string }[],
    answers: {} as Record<string, string>,
    accounts: [] as string[],
  }
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket)).on('error', () => {})
    let [to, read, inData] = ['', '', false]
    const say = (line: string) => socket.write(`${line}\r\n`)
    const hear = (line: string): void => {
      const verb = line.slice(0, 4).toUpperCase()
      const other = fake.answers[verb]
      if (other !== undefined) return void say(other)
      if (verb === 'EHLO') return void say('250-fake\r\n250 AUTH PLAIN')
      if (verb === 'AUTH') {
        fake.accounts.push(
          Buffer.from(line.split(' ')[2] ?? '', 'base64')
            .toString()
            .replaceAll('\0', ':'),
        )
        return void say('235 in')
      }
      if (verb === 'RCPT') to = /<(.*)>/.exec(line)?.[1] ?? ''
      if (verb === 'DATA') {
        inData = true
        return void say('354 go on')
      }
      if (verb === 'QUIT') return void socket.end('221 bye\r\n')
      say('250 ok')
    }
    say('220 fake')
    socket.on('data', (bytes) => {
      read += bytes
      for (;;) {
        const end = read.indexOf(inData ? '\r\n.\r\n' : '\r\n')
        if (end < 0) return
        const part = read.slice(0, end)
        read = read.slice(end + (inData ? 5 : 2))
        if (!inData) hear(part)
        else {
          inData = false
          fake.mails.push({ to, data: part })
          // Taken, and nobody hears of it.
          if (fake.answers['END'] === 'lost') socket.destroy()
          else say('250 taken')
        }
      }
    })
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  return {
    ...fake,
    port: (server.address() as { port: number }).port,
    close: async () => {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
