// What we use of it; the type library of this language level leaves it out.
declare const WebAssembly: {
  readonly Memory: new <Shared extends boolean>(size: {
    initial: number
    maximum: number
    shared: Shared
  }) => {
    readonly buffer: Shared extends true ? SharedArrayBuffer : ArrayBuffer
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
  return (bytes < LARGE ? null : pages(bytes, true)) ?? new SharedArrayBuffer(bytes)
}

/** The same for this thread alone; it can be copied to another, and not be handed over. */
function ownMemory(bytes: number): ArrayBuffer {
  return (bytes < LARGE ? null : pages(bytes, false)) ?? new ArrayBuffer(bytes)
}

function pages<Shared extends boolean>(bytes: number, shared: Shared) {
  const count = Math.ceil(bytes / PAGE)
  try {
    return new WebAssembly.Memory({ initial: count, maximum: count, shared }).buffer
  } catch {
    // Each takes gigabytes of addresses, of which some systems allow few.
    return null
  }
}

/** More than the collector lets pass unseen. */
const UNSEEN = 192 * 2 ** 20

/**
 * Has the collector begin to look through everything, step by step, beside this thread's work. It goes by memory that it
 * counts: so much at once, to which nobody writes, so that the system never gives any.
 */
export function nudge(): void {
  new ArrayBuffer(UNSEEN)
}

type Column = Float64Array | Float32Array | Uint32Array | Int32Array | Uint8Array

/** A kind of numbers. */
interface Kind<Numbers> {
  readonly BYTES_PER_ELEMENT: number
  new (memory: ArrayBufferLike, at: number, length: number): Numbers
}

/** A number for each of so many, which may be very many; all zero. */
export function roomFor<Numbers extends Column>(Numbers: Kind<Numbers>, size: number): Numbers {
  return new Numbers(ownMemory(Numbers.BYTES_PER_ELEMENT * size), 0, size)
}

/** The same where threads share it. */
export function sharedRoomFor<Numbers extends Column>(Numbers: Kind<Numbers>, size: number): Numbers {
  return new Numbers(sharedMemory(Numbers.BYTES_PER_ELEMENT * size), 0, size)
}

/** Copies of columns in one piece of shared memory, each where the one before ends: the widest numbers come first. */
export function inOnePiece<const Columns extends readonly Column[]>(
  columns: Columns,
): { [Place in keyof Columns]: Columns[Place] } {
  const memory = sharedMemory(columns.reduce((sum, { byteLength }) => sum + byteLength, 0))
  let at = 0
  const copies = columns.map((column) => {
    const copy = new (column.constructor as unknown as Kind<Column>)(memory, at, column.length)
    copy.set(column)
    at += column.byteLength
    return copy
  })
  return copies as unknown as { [Place in keyof Columns]: Columns[Place] }
}
