import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chanceOf } from '../../src/learning/chance.ts'
import { readExamples } from '../../src/main/voice-examples.ts'
import { readMoodWords } from '../../src/main/voices-train.ts'
import {
  accuracy,
  type Confusion,
  calledNeutral,
  confusionOf,
  macroF1,
  sidedAccuracy,
} from '../../src/voice/sentiment-figures.ts'
import type { SentimentLexicon } from '../../src/voice/sentiment-lexicon.ts'
import { LABELS, openToneReader, type ToneOf } from '../../src/voice/sentiment-reader.ts'
import type { Example } from '../../src/voice/sentiment-rows.ts'
import { trainSentiment } from '../../src/voice/sentiment-training.ts'
import { unpackWeights } from '../../src/voice/sentiment-weights.ts'
import { Peer } from '../bench/peer.ts'
import { type Figure, figure, type Measurement } from '../figures.ts'

/** A set of judged texts, what it must reach when a fifth of it is held out, and its domains that are held out whole. */
interface Bundle {
  readonly name: string
  readonly file: string
  /** Right answers: side of the strength, or label of three where the set has neutral ones. Null: reported only. */
  readonly target: string | null
  readonly three?: true
}

const SETS: readonly Bundle[] = [
  { name: 'hotel', file: 'zh-hotel-reviews.csv.gz', target: '>=0.9' },
  { name: 'shopping', file: 'zh-shopping-reviews.csv.gz', target: '>=0.935' },
  { name: 'bank', file: 'zh-bank-comments.csv.gz', target: '>=0.87', three: true },
  { name: 'english', file: 'en-review-sentences.csv.gz', target: '>=0.82' },
  { name: 'written', file: 'own.tsv', target: null, three: true },
]
/** Behind scikit-learn by no more than chance on sets of this size. */
const LEVEL = '>=-0.005'

interface Parted {
  readonly taught: readonly Example[]
  readonly held: readonly Example[]
}

/**
 * `npm run eval -- sentiment`: a fifth of each set held out, learned from the rest of that set (`own`, as scikit-learn beside it) and
 * from all sets together, as shipped (`together`); then whole domains held out (`unseen`), as a customer's own will be. `written` are
 * the sentences of our own, short and a good part neutral: of them, too, only a fifth that was not learned from is judged.
 */
export const sentiment: Measurement = async ({ data, quick, seed }) => {
  const lexicon = await readMoodWords()
  const signal = new AbortController().signal
  const sources = await readExamples(data, signal)
  const everything = sources.flatMap(({ examples }) => (quick ? examples.slice(0, 200) : examples))
  const readerOf = (examples: readonly Example[]) => taughtBy(examples, lexicon, Number(seed) || 1)
  const parted = new Map<string, Parted>()
  for (const { file, examples } of sources)
    parted.set(file, part(quick ? examples.slice(0, 200) : examples, Number(seed) || 1))

  const figures: Figure[] = []
  const missing: string[] = []
  const together = await readerOf([...parted.values()].flatMap(({ taught }) => taught))
  for (const set of SETS) {
    const parts = parted.get(set.file)!
    const own = setFigures(
      `sentiment.${set.name}.own`,
      set,
      await readerOf(parts.taught),
      parts.held,
      set.target,
    )
    figures.push(
      ...own,
      ...setFigures(`sentiment.${set.name}.together`, set, together, parts.held, set.target),
    )
    const peer = set.target === null ? 'none' : await askPeer(parts)
    if (peer === 'none') continue
    if (peer === null) missing.push('peer not installed: scikit-learn (Debian: python3-sklearn)')
    else
      figures.push(
        figure(`sentiment.${set.name}.sklearn`, peer.right, 'share'),
        figure(`sentiment.${set.name}.over_sklearn`, own[0]!.value - peer.right, 'share', LEVEL),
        ...(set.three ? [figure(`sentiment.${set.name}.sklearn.macro_f1`, peer.macroF1, 'score')] : []),
      )
  }
  figures.push(
    ...(await unseen(everything, sources.find(({ file }) => file === SETS[1]!.file)!.examples, readerOf)),
  )
  return { figures, missing: [...new Set(missing)] }
}

async function taughtBy(
  examples: readonly Example[],
  lexicon: SentimentLexicon,
  seed: number,
): Promise<ToneOf> {
  const { bytes } = await trainSentiment(examples, lexicon, { seed })
  return openToneReader(unpackWeights(bytes, 'the weights just learned'), lexicon)
}

function part(examples: readonly Example[], seed: number): Parted {
  const chance = chanceOf(seed, 7)
  const parts: { taught: Example[]; held: Example[] } = { taught: [], held: [] }
  for (const example of examples) (chance() < 0.2 ? parts.held : parts.taught).push(example)
  return parts
}

function setFigures(
  id: string,
  { three }: Bundle,
  reader: ToneOf,
  held: readonly Example[],
  target: string | null,
): Figure[] {
  const confusion = confusionOf(held, reader)
  if (!three) return [figure(`${id}.accuracy`, sidedAccuracy(confusion), 'share', target)]
  return [
    figure(`${id}.accuracy`, accuracy(confusion), 'share', target),
    figure(`${id}.macro_f1`, macroF1(confusion), 'score'),
    ...confusionFigures(id, confusion),
  ]
}

/** How many texts of each label were read as each. */
function confusionFigures(id: string, { counts }: Confusion): Figure[] {
  return LABELS.flatMap((truth, row) =>
    LABELS.map((read, column) => figure(`${id}.${truth}_as_${read}`, counts[row]![column]!, 'texts')),
  )
}

/** Whole domains held out: those of the shop one by one, the hotel, the bank, all of the English reviews. */
async function unseen(
  everything: readonly Example[],
  shopping: readonly Example[],
  readerOf: (examples: readonly Example[]) => Promise<ToneOf>,
): Promise<Figure[]> {
  const english = new Set(['amazon', 'yelp', 'imdb'])
  const figures: Figure[] = []
  const without = async (id: string, domains: ReadonlySet<string>, three = false): Promise<number> => {
    const away = everything.filter(({ domain }) => domains.has(domain))
    const reader = await readerOf(everything.filter(({ domain }) => !domains.has(domain)))
    const confusion = confusionOf(away, reader)
    const right = sidedAccuracy(confusion)
    figures.push(
      figure(`sentiment.unseen.${id}.accuracy`, right, 'share'),
      figure(`sentiment.unseen.${id}.called_neutral`, calledNeutral(confusion), 'share'),
      ...(three
        ? [
            figure(`sentiment.unseen.${id}.labels`, accuracy(confusion), 'share'),
            figure(`sentiment.unseen.${id}.macro_f1`, macroF1(confusion), 'score'),
            ...confusionFigures(`sentiment.unseen.${id}`, confusion),
          ]
        : []),
    )
    return right
  }
  await without('hotel', new Set(['hotel']))
  const categories = [...new Set(shopping.map(({ domain }) => domain))]
  const rights: number[] = []
  for (const category of categories) rights.push(await without(`shopping.${category}`, new Set([category])))
  figures.push(
    figure('sentiment.unseen.shopping.mean', rights.reduce((a, b) => a + b, 0) / rights.length, 'share'),
  )
  await without('bank', new Set(['bank']), true)
  await without('english', english)
  await without('written', new Set(['own-zh', 'own-en']), true)
  return figures
}

/** scikit-learn on the same rows; null where it is not installed. */
async function askPeer({ taught, held }: Parted): Promise<{ right: number; macroF1: number } | null> {
  const folder = await mkdtemp(join(tmpdir(), 'foreshock-sentiment-'))
  const peer = new Peer('sentiment.py')
  try {
    const [train, test] = [join(folder, 'train'), join(folder, 'test')]
    const lines = (rows: readonly Example[]) =>
      rows.map(({ text, label }) => JSON.stringify({ text, label })).join('\n')
    await writeFile(train, lines(taught))
    await writeFile(test, lines(held))
    const answer = (await peer.ask({ train, test })) as
      | { right: number; macroF1: number }
      | { missing: string }
      | null
    return answer === null || 'missing' in answer ? null : answer
  } finally {
    await peer.close()
    await rm(folder, { recursive: true })
  }
}
