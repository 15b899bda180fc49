// What we use of it; the type library of this language level leaves it out.
declare const WebAssembly: {
  readonly Memory: new (size: {
    initial: number
    maximum: number
    shared: true
  }) => {
    readonly buffer: SharedArrayBuffer
  }
}

/** The unit such memory is measured in, bytes. */
const PAGE = 64 * 2 ** 10
/** Bytes from which on a piece is worth pages of its own. */
const LARGE = 2 ** 20

/**
 * Memory that threads share, all zero: at least so many bytes, a large piece whole pages. The C library keeps what it is
 * given back below 32 MiB, in pieces that what comes next seldom fits, so that a night's memory would be a third more than
 * it holds. A large piece is asked of the system directly and goes back to it at once; JavaScript offers that as the memory
 * of WebAssembly alone, which reads and writes like any other.
 */
export function sharedMemory(bytes: number): SharedArrayBuffer {
  if (bytes < LARGE) return new SharedArrayBuffer(bytes)
  const pages = Math.ceil(bytes / PAGE)
  try {
    return new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true }).buffer
  } catch {
    // Each takes gigabytes of addresses, of which some systems allow few.
    return new SharedArrayBuffer(bytes)
  }
}

type Column = Float64Array | Uint32Array | Int32Array | Uint8Array

/** Copies of columns in one piece of shared memory, each where the one before ends: the widest numbers come first. */
export function inOnePiece<const Columns extends readonly Column[]>(
  columns: Columns,
): { [Place in keyof Columns]: Columns[Place] } {
  const memory = sharedMemory(columns.reduce((sum, { byteLength }) => sum + byteLength, 0))
  let at = 0
  const copies = columns.map((column) => {
    const Kind = column.constructor as new (memory: SharedArrayBuffer, at: number, length: number) => Column
    const copy = new Kind(memory, at, column.length)
    copy.set(column)
    at += column.byteLength
    return copy
  })
  return copies as unknown as { [Place in keyof Columns]: Columns[Place] }
}
