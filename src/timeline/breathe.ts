/** The chat shares this thread: let it answer between two pieces of work. */
export function breathe(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

/** Does something for each of many, resting after every so many. */
export async function inSteps<T>(items: Iterable<T>, step: number, visit: (item: T) => void): Promise<void> {
  let done = 0
  for (const item of items) {
    visit(item)
    done += 1
    if (done % step === 0) await breathe()
  }
}
