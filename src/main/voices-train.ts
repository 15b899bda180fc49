import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ForeshockError } from '../errors.ts'
import { LEXICONS, SENTIMENT } from '../paths.ts'
import { text } from '../text.ts'
import { accuracy, macroF1, sidedAccuracy } from '../voice/sentiment-figures.ts'
import { loadSentiment, type SentimentLexicon } from '../voice/sentiment-lexicon.ts'
import { type Taught, trainSentiment } from '../voice/sentiment-training.ts'
import { columns } from './tables.ts'
import type { Terminal } from './terminal.ts'
import { unlessStopped } from './unless-stopped.ts'
import { type ReadSource, readExamples } from './voice-examples.ts'
import { WEIGHTS_FILE } from './weights-files.ts'

/** What `foreshock voices train` is asked, as typed. */
export interface VoicesTrainWords {
  /** Folders and files of judged texts. */
  data?: readonly string[]
  out?: string
  seed?: string
}

const READING = text('正在读取标注数据', 'reading the labelled texts')
const LEARNING = text('正在学习', 'learning')

/** The shipped words of mood. */
export async function readMoodWords(): Promise<SentimentLexicon> {
  const file = join(LEXICONS, 'sentiment.yaml')
  return loadSentiment(await readFile(file, 'utf8'), file)
}

/** Learns sentiment weights from judged texts and writes them with their card. Stopped by the signal, it rejects with CONFLICT. */
export async function voicesTrain(
  { data = [], out = join('.foreshock', 'sentiment'), seed = '1' }: VoicesTrainWords,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<void> {
  if (!/^\d{1,9}$/.test(seed)) {
    throw new ForeshockError('BAD_INPUT', `--seed "${seed}" is not a whole number.`, 'One to nine digits.')
  }
  await unlessStopped(signal, 'the weights', async () => {
    const sources: ReadSource[] = []
    for (const place of data) {
      terminal.progress({ label: READING, share: null })
      sources.push(...(await readExamples(place, signal)))
    }
    const taught = await trainSentiment(
      sources.flatMap(({ examples }) => examples),
      await readMoodWords(),
      { seed: Number(seed), signal, progress: (share) => terminal.progress({ label: LEARNING, share }) },
    )
    await mkdir(out, { recursive: true })
    await writeFile(join(out, WEIGHTS_FILE), taught.bytes)
    await writeFile(join(out, 'card.md'), cardOf(sources, taught, seed))
    terminal.done()
    terminal.result(...reportOf(sources, taught, out, await isShipped(taught.bytes)))
  })
}

async function isShipped(bytes: Uint8Array): Promise<boolean> {
  const shipped = await readFile(join(SENTIMENT, WEIGHTS_FILE)).catch(() => null)
  return shipped?.equals(bytes) ?? false
}

function countsOf(sources: readonly ReadSource[]): readonly (readonly string[])[] {
  return sources.map(({ file, examples }) => {
    const count = (label: string) => String(examples.filter((one) => one.label === label).length)
    return [file, count('negative'), count('neutral'), count('positive')]
  })
}

const COUNTS = ['file', 'negative', 'neutral', 'positive']

function reportOf(
  sources: readonly ReadSource[],
  { bytes, aside }: Taught,
  out: string,
  shipped: boolean,
): [object, string] {
  const figures = { right: accuracy(aside), sided: sidedAccuracy(aside), macroF1: macroF1(aside) }
  const rows = sources.reduce((sum, { examples }) => sum + examples.length, 0)
  const file = join(out, WEIGHTS_FILE)
  return [
    { rows, file, bytes: bytes.length, aside: { ...figures, counts: aside.counts }, shipped },
    [
      columns([COUNTS, ...countsOf(sources)]),
      '',
      `On every fifth text, kept aside: ${percent(figures.sided)} of the positive and negative ones on the right side,`,
      `${percent(figures.right)} of all with the right label, macro-F1 ${figures.macroF1.toFixed(3)}.`,
      `Written: ${file}${shipped ? ', byte for byte the weights that are shipped' : ''}.`,
    ].join('\n'),
  ]
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)}%`
}

function cardOf(sources: readonly ReadSource[], { bytes, aside }: Taught, seed: string): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  const counts = countsOf(sources)
  return `${[
    '# Model card: sentiment of a text',
    '',
    'A linear model over hashed pieces of text (Chinese: one to three characters; English: words, pairs, beginnings of words), one rule for positive against negative and one for neutral, added to the score of the word list `models/lexicons/sentiment.yaml`. Written by `foreshock voices train`.',
    '',
    '## Data',
    '',
    line([...COUNTS, 'source', 'licence']),
    line(['---', '---:', '---:', '---:', '---', '---']),
    ...sources.map(({ from, licence }, at) => line([...counts[at]!, from, licence])),
    '',
    'No sentence of it is in the weights: they are sums over hashed pieces, a byte each.',
    '',
    '## Figures',
    '',
    `Seed ${seed}; ${bytes.length} bytes. On every fifth text, kept aside while learning (the probabilities were set on the same texts):`,
    `${percent(sidedAccuracy(aside))} of the positive and negative texts on the right side, ${percent(accuracy(aside))} of all with the right label, macro-F1 ${macroF1(aside).toFixed(3)}.`,
    '',
    '## Limits',
    '',
    '- Texts of other trades are read less well than these; `npm run -s eval -- sentiment` holds out whole domains and says how much.',
    '- Mockery is understood in a few set phrases only; praise of a competitor is read as it stands.',
    '- Chinese and English only; other scripts are "neutral" with a confidence of a third. Only the first 4,096 characters are read.',
    '- What is neutral was learned from comments on banks and from short sentences written for this; how many texts are neutral is assumed, not known.',
  ].join('\n')}\n`
}
