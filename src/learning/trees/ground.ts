import { ForeshockError } from '../../errors.ts'
import { text } from '../../text.ts'
import { type Kernel, kernelIn, newMemory, type SharedMemory } from './kernel.ts'

const PAGE = 65_536

/** A memory that arrays are laid out in side by side, for the kernel and for all threads. Nothing is given back before the end. */
export class Ground {
  readonly memory: SharedMemory = newMemory()
  readonly kernel: Kernel = kernelIn(this.memory)
  /** The kernel keeps nothing of its own at the beginning, but an address of 0 is never right. */
  #used = PAGE

  bytes(length: number): Uint8Array {
    const at = this.#take(length)
    return new Uint8Array(this.memory.buffer, at, length)
  }

  whole(length: number): Uint32Array {
    const at = this.#take(length * 4)
    return new Uint32Array(this.memory.buffer, at, length)
  }

  floats(length: number): Float32Array {
    const at = this.#take(length * 4)
    return new Float32Array(this.memory.buffer, at, length)
  }

  doubles(length: number): Float64Array {
    const at = this.#take(length * 8)
    return new Float64Array(this.memory.buffer, at, length)
  }

  /** Where so many bytes begin; each array has cache lines of its own. Ask for the buffer after this: it may have grown. */
  #take(bytes: number): number {
    const at = this.#used
    this.#used += Math.ceil(bytes / 64) * 64
    const missing = Math.ceil((this.#used - this.memory.buffer.byteLength) / PAGE)
    if (missing > 0) this.#grow(missing)
    return at
  }

  #grow(pages: number): void {
    try {
      this.memory.grow(pages)
    } catch {
      const size = `${Math.ceil(this.#used / 2 ** 20)} MiB`
      throw new ForeshockError(
        'BAD_INPUT',
        text(
          `用这张表生成树所需的内存（${size}）超过了现有内存。`,
          `Growing trees on this table takes more memory (${size}) than there is.`,
        ),
        text(
          '请减少行数：少取几个时间点，或只取一半客户。',
          'Take fewer rows: fewer as-of dates, or every second customer.',
        ),
      )
    }
  }
}
