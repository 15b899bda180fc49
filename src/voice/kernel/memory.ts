import { KERNEL } from './kernel-bytes.ts'

/**
 * The innermost loops of reading a voice, compiled from the `.as` files: they walk over every unit of every
 * text, and are twice as fast as the same written here. They work on one memory, of which this file gives out rooms.
 */
type Loop = (...numbers: number[]) => number
export type Loops = Readonly<
  Record<
    | 'around'
    | 'foldPlain'
    | 'look'
    | 'lookUp'
    | 'outline'
    | 'phrases'
    | 'read'
    | 'scan'
    | 'sensed'
    | 'senses'
    | 'signs'
    | 'starts'
    | 'weigh',
    Loop
  >
>

/** Tables of which there is but one, at places that the loops know: `tables.as`. */
type Fixed = 'ASKED' | 'FLAGS' | 'KINDS' | 'MEANT' | 'PLAIN' | 'SIGNS'

/** What of the language is used here; its usual types come with a browser's. */
declare const WebAssembly: {
  Memory: new (size: { initial: number }) => { readonly buffer: ArrayBuffer; grow(pages: number): number }
  Module: new (bytes: Uint8Array) => object
  Instance: new (module: object, imports: object) => { readonly exports: unknown }
}

const PAGE = 65_536
/** Rooms begin at whole numbers of this, so that any view may lie over them. */
const GRAIN = 1_024

const memory = new WebAssembly.Memory({ initial: 128 })
/** Rooms that nobody uses any more. */
const free: { readonly at: number; readonly size: number }[] = []
const owners = new FinalizationRegistry<{ readonly at: number; readonly size: number }>((room) => {
  free.push(room)
})

/** The whole memory; renewed when it grows. */
export let bytes = new Uint8Array(memory.buffer)
export let units = new Uint16Array(memory.buffer)
export let numbers = new Int32Array(memory.buffer)
let strings = Buffer.from(memory.buffer)
/** How often it grew: views made before are dead then. */
export let age = 0

const kernel = new WebAssembly.Instance(
  new WebAssembly.Module(Uint8Array.from(atob(KERNEL), (sign) => sign.charCodeAt(0))),
  { env: { memory } },
).exports as Loops & Record<Fixed | 'END', { readonly value: number }>
export const loops: Loops = kernel
/** What is below belongs to the loops. */
let end = kernel.END.value

/** The address of a room of so many bytes, all 0, which is free again when nobody holds its owner any more. */
export function roomFor(size: number, owner: object): number {
  const whole = Math.ceil(size / GRAIN) * GRAIN
  const room = freeRoom(whole) ?? { at: newRoom(whole), size: whole }
  owners.register(owner, room)
  return room.at
}

/** A free room that is large enough, and not much too large. */
function freeRoom(size: number): { readonly at: number; readonly size: number } | null {
  const index = free.findIndex((room) => room.size >= size && room.size <= 2 * size)
  if (index < 0) return null
  const [room] = free.splice(index, 1)
  bytes.fill(0, room!.at, room!.at + room!.size)
  return room!
}

function newRoom(size: number): number {
  const at = end
  end += size
  const missing = end - memory.buffer.byteLength
  if (missing > 0) {
    memory.grow(Math.max(Math.ceil(missing / PAGE), 64))
    bytes = new Uint8Array(memory.buffer)
    units = new Uint16Array(memory.buffer)
    numbers = new Int32Array(memory.buffer)
    strings = Buffer.from(memory.buffer)
    age += 1
  }
  return at
}

/** A table put into the memory: its address. */
export function keep(table: Uint8Array | Uint16Array | Int32Array | Float64Array, owner: object): number {
  const at = roomFor(table.byteLength, owner)
  bytes.set(new Uint8Array(table.buffer, table.byteOffset, table.byteLength), at)
  return at
}

/** Puts a table where the loops look for it. */
export function fix(place: Fixed, table: Uint8Array | Int32Array): void {
  bytes.set(new Uint8Array(table.buffer, table.byteOffset, table.byteLength), kernel[place].value)
}

/** The place of a table that is filled bit by bit. */
export function fixedAt(place: Fixed): number {
  return kernel[place].value
}

/** So many units from an address on as a string. */
export function textAt(at: number, length: number): string {
  return strings.toString('utf16le', at, at + 2 * length)
}

/** Writes a string's units from an address on. */
export function writeText(words: string, at: number): void {
  strings.write(words, at, 'utf16le')
}

/** A table of pairs by open addressing, as the loops look it up: `mask` + 1 places, a key and what stands behind it; 0: free. */
export interface Pairs {
  readonly at: number
  readonly mask: number
}

/** Keys and values are whole numbers of 32 bits; no value is 0. */
export function keepPairs(pairs: ReadonlyMap<number, number>, owner: object): Pairs {
  let size = 64
  while (size < pairs.size * 3) size *= 2
  const table = new Int32Array(2 * size)
  for (const [key, value] of pairs) {
    let slot = slotOf(key) & (size - 1)
    while (table[2 * slot + 1] !== 0) slot = (slot + 1) & (size - 1)
    table[2 * slot] = key
    table[2 * slot + 1] = value
  }
  return { at: keep(table, owner), mask: size - 1 }
}

/** Spreads numbers that lie close together: `tables.as`. */
export const MIX = 0x9e3779b1

function slotOf(key: number): number {
  const mixed = Math.imul(key, MIX)
  return mixed ^ (mixed >>> 15)
}

/** A room for texts of any length: it is taken anew when one does not fit. */
export class Area {
  readonly #grain: number
  #at = 0
  #room = -1
  /** As long as it is held, the room is. */
  protected owner: object = {}

  /** `grain`: bytes for each of what it is asked for. */
  constructor(grain: number) {
    this.#grain = grain
  }

  /** The address of room for so many, and some more; what it held is lost when it moves. */
  for(count: number): number {
    if (count > this.#room) {
      this.#room = Math.max(1_024, 2 ** Math.ceil(Math.log2(count + 1)))
      this.owner = {}
      this.#at = roomFor((this.#room + 16) * this.#grain, this.owner)
    }
    return this.#at
  }

  /** How many it has room for now. */
  get room(): number {
    return this.#room
  }
}
