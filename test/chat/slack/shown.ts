/** The title a reader sees of a message's blocks. */
export function titleOf(blocks: readonly unknown[]): string {
  const header = blocks.find((block) => (block as { type?: string }).type === 'header')
  return (header as { text: { text: string } } | undefined)?.text.text ?? ''
}
