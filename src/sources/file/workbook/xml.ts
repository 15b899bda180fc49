import { SaxesParser } from 'saxes'
import { FileProblem } from '../problem.ts'

/** What is met in an XML file, in order. Names come without their prefix. */
export interface Meets {
  open?(name: string, attributes: Readonly<Record<string, string>>): void
  text?(words: string): void
  close?(name: string): void
}

/** No cell holds as much: text between two tags is kept until it ends. */
const LONGEST = 4 * 1024 * 1024

/** Reads XML piece by piece; steps once a piece, so that what was met can be handed on. Entities of its own are refused. */
export async function* parseXml(pieces: AsyncIterable<string>, meets: Meets): AsyncGenerator<void> {
  const parser = new SaxesParser({ position: false })
  let quiet = 0
  parser.on('opentag', ({ name, attributes }) => {
    quiet = 0
    meets.open?.(local(name), attributes as Record<string, string>)
  })
  parser.on('closetag', ({ name }) => {
    quiet = 0
    meets.close?.(local(name))
  })
  const told = (words: string): void => meets.text?.(words)
  parser.on('text', told)
  parser.on('cdata', told)
  for await (const piece of pieces) {
    quiet += piece.length
    if (quiet > LONGEST)
      throw new FileProblem(
        '里有一段单元格装不下的文字；这是工作簿吗？',
        'holds a text that no cell can hold; is it a workbook?',
      )
    parser.write(piece)
    yield
  }
  parser.close()
}

/** As `parseXml`, for a part that is small. */
export async function readXml(pieces: AsyncIterable<string>, meets: Meets): Promise<void> {
  for await (const _ of parseXml(pieces, meets));
}

function local(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}
