/** The title a reader sees of a message's blocks. */
export function titleOf(blocks: readonly unknown[]): string {
  const header = blocks.find((block) => ['header', 'section'].includes((block as { type: string }).type))
  return (header as { text: { text: string } } | undefined)?.text.text ?? ''
}
