/** Lets others have the thread for a moment. */
export function breath(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
