import { KERNEL } from './kernel-bytes.ts'

/** The loops of kernel.as and score.as. Addresses are bytes in the memory. */
export interface Kernel {
  addUp(
    histogram: number,
    codes: number,
    words: number,
    order: number,
    packed: number,
    from: number,
    to: number,
    first: number,
    end: number,
  ): void
  addUpSome(
    histogram: number,
    codes: number,
    stride: number,
    order: number,
    packed: number,
    from: number,
    to: number,
    columns: number,
    count: number,
  ): void
  takeOff(whole: number, part: number, bytes: number): void
  part(order: number, spare: number, from: number, to: number, codes: number, goes: number): number
  encode(
    values: number,
    rows: number,
    apart: number,
    edges: number,
    column: number,
    byRow: number,
    stride: number,
  ): void
  sample(order: number, rows: number, share: number, state: number): number
  derive(
    order: number,
    count: number,
    raw: number,
    labels: number,
    weight: number,
    gradients: number,
    hessians: number,
    sums: number,
  ): void
  pack(
    order: number,
    count: number,
    gradients: number,
    hessians: number,
    perGradient: number,
    perHessian: number,
    packed: number,
  ): number
  addLeaf(order: number, from: number, to: number, value: number, raw: number, seen: number): void
  addOthers(
    seen: number,
    from: number,
    to: number,
    codes: number,
    stride: number,
    tree: number,
    raw: number,
  ): void
  codeBlock(values: number, count: number, width: number, table: number, columns: number, codes: number): void
  addTrees(trees: number, count: number, codes: number, spare: number, sums: number): void
}

/** Memory that threads share, in pages of 64 KiB. */
export interface SharedMemory {
  readonly buffer: SharedArrayBuffer
  grow(pages: number): number
}

// What we use of it; the type library of this language level leaves it out.
declare const WebAssembly: {
  readonly Memory: new (size: { initial: number; maximum: number; shared: true }) => SharedMemory
  readonly Module: new (bytes: Uint8Array) => object
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown }
}

let compiled: object | undefined

/** The kernel at work in a memory. */
export function kernelIn(memory: SharedMemory): Kernel {
  compiled ??= new WebAssembly.Module(Uint8Array.from(atob(KERNEL), (letter) => letter.charCodeAt(0)))
  return new WebAssembly.Instance(compiled, { env: { memory } }).exports as Kernel
}

/** A memory with nothing in it yet. It can grow to 4 GiB. */
export function newMemory(): SharedMemory {
  return new WebAssembly.Memory({ initial: 1, maximum: 65_536, shared: true })
}
