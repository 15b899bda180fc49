import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { PACKAGE_ROOT } from '../../src/paths.ts'

/** Debian's Python: the peers are Debian packages. */
const PYTHON = '/usr/bin/python3'

/** A peer's program beside peers/, asked line by line in JSON. Its own threads wait without spinning, to be fair. */
export class Peer {
  readonly #process: ChildProcessWithoutNullStreams
  readonly #answers: AsyncIterator<string>
  #gone = false

  constructor(script: string) {
    const file = join(PACKAGE_ROOT, 'test/bench/peers', script)
    const env = { ...process.env, OMP_NUM_THREADS: '1', OMP_WAIT_POLICY: 'passive' }
    this.#process = spawn(PYTHON, [file], { env, stdio: ['pipe', 'pipe', 'pipe'] })
    this.#process.on('error', () => {
      this.#gone = true
    })
    this.#process.stdin.on('error', () => {})
    this.#process.stderr.resume()
    this.#answers = createInterface({ input: this.#process.stdout })[Symbol.asyncIterator]()
  }

  /** The answer, or null when there is no Python at all or it died. */
  async ask(question: object): Promise<unknown> {
    if (this.#gone) return null
    this.#process.stdin.write(`${JSON.stringify(question)}\n`)
    const { value, done } = await this.#answers.next()
    return done ? null : JSON.parse(value)
  }

  async close(): Promise<void> {
    if (this.#gone || this.#process.exitCode !== null) return
    this.#process.stdin.end()
    await once(this.#process, 'exit')
  }
}
