import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { ForeshockError } from '../errors.ts'
import { LEAVING } from '../paths.ts'
import { text } from '../text.ts'
import { featuredBy } from '../voice/clues.ts'
import type { Hit } from '../voice/hit.ts'
import { writeSense } from '../voice/sense.ts'
import { learnSense, type SenseExample, sentencesFrom } from '../voice/sense-training.ts'
import { readWords } from '../voice/words.ts'
import { shippedMoodWords, shippedWords } from './shipped.ts'
import type { Terminal } from './terminal.ts'
import { unlessStopped } from './unless-stopped.ts'
import { type ReadSource, readExamples } from './voice-examples.ts'
import { SENSE_FILE } from './weights-files.ts'

/** What `foreshock voices leaving` is asked, as typed. */
export interface LeavingWords {
  /** Files of sentences that somebody judged. */
  cases?: readonly string[]
  /** Folders and files of texts that are about something else, but for a few. */
  data?: readonly string[]
  out?: string
}

/** So many sentences of each file of texts in general: most that is written speaks of nothing near leaving. */
const GENERAL = 9_000
const READING = text('正在读取标注句子', 'reading the judged sentences')
const LEARNING = text('正在学习', 'learning')

/** Learns what leaving sounds like from judged sentences and writes the weights with their card. */
export async function leavingTrain(
  { cases = [], data = [], out = join('.foreshock', 'leaving') }: LeavingWords,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<void> {
  const judged: { readonly file: string; readonly examples: readonly SenseExample[] }[] = []
  for (const file of [...cases, join(LEAVING, 'own.txt')])
    judged.push({ file: basename(file), examples: casesIn(await readFile(file, 'utf8'), file) })
  const general: string[] = []
  const learned = await unlessStopped(signal, 'the weights', async () => {
    terminal.progress({ label: READING, share: null })
    for (const place of data) {
      for (const source of await readExamples(place, signal)) general.push(...ordinaryOf(source))
      signal.throwIfAborted()
    }
    const all = [
      ...judged.flatMap((one) => one.examples),
      ...general.map((words) => ({ text: words, leaves: false })),
    ]
    return learnSense(all, featuredBy(shippedMoodWords().lexicon), async (step) => {
      terminal.progress({ label: LEARNING, share: 1 - 0.97 ** step })
      await new Promise(setImmediate)
      signal.throwIfAborted()
    })
  })
  await mkdir(out, { recursive: true })
  await writeFile(join(out, SENSE_FILE), writeSense(learned))
  const counts = judged.map(({ file, examples: all }) => ({
    file,
    sentences: all.length,
    leaving: all.filter(({ leaves }) => leaves).length,
  }))
  await writeFile(join(out, 'card.md'), cardOf(counts, general.length))
  terminal.done()
  terminal.result(
    { counts, general: general.length, out },
    `Learned from ${general.length + counts.reduce((sum, { sentences }) => sum + sentences, 0)} sentences; written to ${join(out, SENSE_FILE)}.`,
  )
}

/** Sentences of a file without any word of leaving. */
function ordinaryOf({ examples }: ReadSource): string[] {
  const texts = examples.map((one) => one.text)
  return sentencesFrom(texts, (words) => !readWords(words, shippedWords()).some(isOfLeaving), GENERAL)
}

function isOfLeaving(hit: Hit): boolean {
  return hit.class === 'strong-churn'
}

const CASE = /^((?:(?:strong|life|competitor|negative|-) )+)\| (.+)$/

/** `classes | sentence` a line, as the case book has them (test/fixtures/words); `strong` among the classes: it speaks of leaving. */
function casesIn(source: string, file: string): SenseExample[] {
  return source
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .flatMap((line, at) => {
      if (line.trim() === '' || line.startsWith('#') || line.startsWith('== ')) return []
      const [, marks, words] = CASE.exec(line) ?? []
      if (marks === undefined || words === undefined) {
        throw new ForeshockError(
          'BAD_INPUT',
          `${file}, line ${at + 1} is not "classes | sentence".`,
          'Write "strong | I cancel my contract" or "- | How do I pay?".',
        )
      }
      return [{ text: words, leaves: marks.split(' ').includes('strong') }]
    })
}

function cardOf(
  counts: readonly { readonly file: string; readonly sentences: number; readonly leaving: number }[],
  general: number,
): string {
  return `${[
    '# Model card: whether a sentence speaks of leaving',
    '',
    'A linear model (logistic regression) over hashed pieces of a sentence, the same as those of sentiment. It stands beside the words of `models/lexicons/churn.yaml`: a sentence that speaks of leaving without a word of it counts, and where such a word stands the rules for words decide. Written by `foreshock voices leaving`.',
    '',
    '## Data',
    '',
    '| file | sentences | of leaving |',
    '| --- | ---: | ---: |',
    ...counts.map(({ file, sentences, leaving }) => `| ${file} | ${sentences} | ${leaving} |`),
    `| reviews, comments and complaints (card of sentiment), without a word of leaving | ${general} | 0 |`,
    '',
    'No sentence is in the weights: they are sums over hashed pieces, a byte each. How well it does on sentences it has not seen says `npm run -s eval -- words`, `words.fresh`.',
    '',
    '## Limits',
    '',
    '- The sentences were written for this; a company’s own customers speak otherwise, and trades that are missing are read less well.',
    '- Chinese and English only. Mockery and hints that need more than one sentence are not understood.',
  ].join('\n')}\n`
}
