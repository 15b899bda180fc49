/** Does so many pieces of work: this thread takes one after the other, and so does each of the lanes beside it. */
export async function allTaken(
  count: number,
  here: (piece: number) => Promise<void>,
  elsewhere: (piece: number) => Promise<void>,
  lanes: number,
): Promise<void> {
  let next = 0
  const lane = async (take: (piece: number) => Promise<void>): Promise<void> => {
    try {
      while (next < count) {
        next += 1
        await take(next - 1)
      }
    } finally {
      // Where one has failed, the others need not go on.
      next = count
    }
  }
  const taking = [...Array.from({ length: lanes }, () => lane(elsewhere)), lane(here)]
  await Promise.allSettled(taking)
  await Promise.all(taking)
}
