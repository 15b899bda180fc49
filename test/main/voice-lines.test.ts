import { expect, test } from 'vitest'
import { LONGEST_LINE, type VoiceLine, voiceLines } from '../../src/main/voice-lines.ts'

async function linesIn(...pieces: readonly (string | Buffer)[]): Promise<VoiceLine[]> {
  async function* input() {
    for (const piece of pieces) yield Buffer.from(piece)
  }
  const lines: VoiceLine[] = []
  for await (const page of voiceLines(input())) lines.push(...page)
  return lines
}

test('lines are whole wherever the stream was cut, and blank ones only counted', async () => {
  const bytes = Buffer.from('\ufeff一\r\n\n二\n三')
  for (let cut = 0; cut <= bytes.length; cut += 1) {
    const lines = await linesIn(bytes.subarray(0, cut), bytes.subarray(cut))
    expect(lines.map((line) => ('line' in line ? [line.number, line.line.trim()] : line))).toEqual([
      [1, '一'],
      [3, '二'],
      [4, '三'],
    ])
  }
})

test('what is no text, or never ends, is said and passed over', async () => {
  const piece = Buffer.alloc(LONGEST_LINE / 2, 'x')
  expect(await linesIn(Buffer.from([0xff, 0x0a]), piece, piece, piece, '\nend')).toEqual([
    { number: 1, error: 'This line is not UTF-8.' },
    { number: 2, error: 'This line has more than 4,194,304 bytes; write one voice a line.' },
    { number: 3, line: 'end' },
  ])
})
