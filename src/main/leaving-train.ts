import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { CLASSES } from '../../commands/words/lexicon-parts.ts'
import { ForeshockError } from '../errors.ts'
import { LEAVING } from '../paths.ts'
import { text } from '../text.ts'
import { featuredBy } from '../voice/clues.ts'
import { WORD_CLASSES, type WordClass } from '../voice/entry.ts'
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
const GENERAL = 16_000
const READING = text('正在读取标注句子', 'reading the judged sentences')
const LEARNING = text('正在学习', 'learning')

/**
 * Learns what sentences say from judged ones and writes the weights with their card.
 *
 * @param shipped judged sentences that are learned from besides
 */
export async function leavingTrain(
  { cases = [], data = [], out = join('.foreshock', 'leaving') }: LeavingWords,
  terminal: Terminal,
  signal: AbortSignal,
  shipped = join(LEAVING, 'own.txt'),
): Promise<void> {
  const judged: { readonly file: string; readonly examples: readonly SenseExample[] }[] = []
  for (const file of [...cases, shipped])
    judged.push({ file: basename(file), examples: casesIn(await readFile(file, 'utf8'), file) })
  const general: SenseExample[] = []
  const learned = await unlessStopped(signal, 'the weights', async () => {
    terminal.progress({ label: READING, share: null })
    for (const place of data) {
      for (const source of await readExamples(place, signal)) general.push(...ordinaryOf(source))
      signal.throwIfAborted()
    }
    const all = [...judged.flatMap((one) => one.examples), ...general]
    return learnSense(all, featuredBy(shippedMoodWords().lexicon), async (share) => {
      terminal.progress({ label: LEARNING, share })
      await new Promise(setImmediate)
      signal.throwIfAborted()
    })
  })
  await mkdir(out, { recursive: true })
  await writeFile(join(out, SENSE_FILE), writeSense(learned))
  const counts = judged.map(({ file, examples }) => ({
    file,
    sentences: examples.length,
    ...saying(examples),
  }))
  await writeFile(join(out, 'card.md'), cardOf(counts, general.length))
  terminal.done()
  terminal.result(
    { counts, general: general.length, out },
    `Learned from ${general.length + counts.reduce((sum, { sentences }) => sum + sentences, 0)} sentences; written to ${join(out, SENSE_FILE)}.`,
  )
}

/**
 * Sentences of a file: what is written about a hotel or a shop is mostly about something else. What the words find in one is not
 * known of it.
 */
function ordinaryOf({ examples }: ReadSource): SenseExample[] {
  const texts = examples.map((one) => one.text)
  return sentencesFrom(texts, GENERAL).map((words) => ({
    text: words,
    says: [],
    unknown: readWords(words, shippedWords()).map((hit) => hit.class),
  }))
}

const CASE = /^((?:(?:strong|life|competitor|negative|-) )+)\| (.+)$/

/** `classes | sentence` a line, as the case book has them (test/fixtures/words). */
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
      return [{ text: words, says: marks.split(' ').flatMap((mark) => CLASSES[mark] ?? []) }]
    })
}

/** How many of each class. */
function saying(examples: readonly SenseExample[]): Readonly<Record<WordClass, number>> {
  const of = (wordClass: WordClass) => examples.filter(({ says }) => says.includes(wordClass)).length
  return Object.fromEntries(WORD_CLASSES.map((each) => [each, of(each)])) as Record<WordClass, number>
}

interface Counted extends Readonly<Record<WordClass, number>> {
  readonly file: string
  readonly sentences: number
}

function cardOf(counts: readonly Counted[], general: number): string {
  return `${[
    '# Model card: what whole sentences say',
    '',
    'Linear models (logistic regression), one for each class of words: leaving, a change in life, another provider, strong anger; over hashed pieces of a sentence, the same as those of sentiment. They stand beside the words of `models/lexicons/churn.yaml`: a sentence that speaks of leaving without a word of it counts, and where such a word stands the rules for words decide, but for an act or a change in life of which its sentence and its clause hardly speak. Written by `foreshock voices leaving`.',
    '',
    '## Data',
    '',
    `| file | sentences | ${WORD_CLASSES.join(' | ')} |`,
    `| --- | ---: | ${WORD_CLASSES.map(() => '---:').join(' | ')} |`,
    ...counts.map(
      (one) => `| ${one.file} | ${one.sentences} | ${WORD_CLASSES.map((each) => one[each]).join(' | ')} |`,
    ),
    `| reviews, comments and complaints (card of sentiment), none of it as far as their words tell | ${general} |${' 0 |'.repeat(WORD_CLASSES.length)}`,
    '',
    'No sentence is in the weights: they are sums over hashed pieces, a byte each. How well it does on sentences it has not seen says `npm run -s eval -- words`, `words.fresh`.',
    '',
    '## Limits',
    '',
    '- The sentences were written for this; a company’s own customers speak otherwise, and trades that are missing are read less well.',
    '- Chinese and English only. Mockery and hints that need more than one sentence are not understood.',
  ].join('\n')}\n`
}
