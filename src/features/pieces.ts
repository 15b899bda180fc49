/** Work that may be left and taken up again: it yields after every piece of a few milliseconds. */
export type Pieces<T> = Generator<void, T>

/** Does it in one go. */
export function inOneGo<T>(work: Pieces<T>): T {
  for (;;) {
    const { done, value } = work.next()
    if (done === true) return value
  }
}

/** Does it piece by piece, giving the event loop its turn in between. */
export async function pieceByPiece<T>(work: Pieces<T>): Promise<T> {
  for (;;) {
    const { done, value } = work.next()
    if (done === true) return value
    await new Promise(setImmediate)
  }
}

/** Numbers looked at in one piece, where each takes some nanoseconds. */
export const PIECE = 200_000
