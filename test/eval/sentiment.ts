import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { chanceOf } from '../../src/learning/chance.ts'
import { readExamples } from '../../src/main/voice-examples.ts'
import { readMoodWords } from '../../src/main/voices-train.ts'
import { WEIGHTS_FILE } from '../../src/main/weights-files.ts'
import { SENTIMENT } from '../../src/paths.ts'
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
import { type Example, rowsOf } from '../../src/voice/sentiment-rows.ts'
import { trainFrom } from '../../src/voice/sentiment-training.ts'
import { unpackWeights } from '../../src/voice/sentiment-weights.ts'
import { type Figure, figure, type Measurement } from '../figures.ts'
import { readMoodBook } from '../voice/mood-book.ts'
import { askSklearn } from './sentiment-peer.ts'

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

/** Places of the examples of a set, a fifth of them held out. */
interface Parted {
  readonly taught: readonly number[]
  readonly held: readonly number[]
}

/** Learns from the examples at these places, and reads others. */
interface School {
  readonly examples: readonly Example[]
  readonly taughtBy: (from: readonly number[]) => Promise<ToneOf>
  readonly judged: (reader: ToneOf, places: readonly number[]) => Confusion
}

/**
 * `npm run eval -- sentiment`: a fifth of each set held out, learned from the rest of that set (`own`, as scikit-learn beside it) and
 * from all sets together, as shipped (`together`); then whole domains held out (`unseen`), as a customer's own will be. `written` are
 * the sentences of our own, short and a good part neutral: of them, too, only a fifth that was not learned from is judged. `fresh` are
 * sentences that nothing was made for, read with the shipped weights.
 */
export const sentiment: Measurement = async ({ data, quick, seed }) => {
  const lexicon = await readMoodWords()
  const sources = (await readExamples(data, new AbortController().signal)).map((source) =>
    quick ? { ...source, examples: source.examples.slice(0, 200) } : source,
  )
  const everything = sources.flatMap(({ examples }) => examples)
  const school = schoolOf(everything, lexicon, Number(seed) || 1)
  const parted = new Map<string, Parted>()
  let first = 0
  for (const { file, examples } of sources) {
    parted.set(file, part(first, examples.length, Number(seed) || 1))
    first += examples.length
  }

  const figures: Figure[] = []
  const missing: string[] = []
  const together = await school.taughtBy([...parted.values()].flatMap(({ taught }) => taught))
  for (const set of SETS) {
    const parts = parted.get(set.file)!
    const judged = (id: string, reader: ToneOf) =>
      setFigures(`sentiment.${set.name}.${id}`, set, school.judged(reader, parts.held), set.target)
    const own = judged('own', await school.taughtBy(parts.taught))
    const shipped = judged('together', together)
    figures.push(...own, ...shipped)
    if (set.target === null) continue
    const at = (places: readonly number[]) => places.map((place) => everything[place]!)
    const peer = await askSklearn(at(parts.taught), at(parts.held))
    if (peer === null) missing.push('peer not installed: scikit-learn (Debian: python3-sklearn)')
    else
      figures.push(
        figure(`sentiment.${set.name}.sklearn`, peer.right, 'share'),
        figure(`sentiment.${set.name}.over_sklearn`, own[0]!.value - peer.right, 'share', LEVEL),
        figure(`sentiment.${set.name}.together.over_sklearn`, shipped[0]!.value - peer.right, 'share', LEVEL),
        ...(set.three ? [figure(`sentiment.${set.name}.sklearn.macro_f1`, peer.macroF1, 'score')] : []),
      )
  }
  figures.push(...(await fresh(lexicon)), ...(await unseen(school, sources[0]!.examples)))
  return { figures, missing: [...new Set(missing)] }
}

/** The texts are read into numbers once, for all lessons. */
function schoolOf(examples: readonly Example[], lexicon: SentimentLexicon, seed: number): School {
  const rows = rowsOf(examples, lexicon)
  return {
    examples,
    taughtBy: async (from) => {
      const { bytes } = await trainFrom(rows, from, { seed })
      return openToneReader(unpackWeights(bytes, 'the weights just learned'), lexicon)
    },
    judged: (reader, places) =>
      confusionOf(
        places.map((place) => examples[place]!),
        reader,
      ),
  }
}

function part(first: number, count: number, seed: number): Parted {
  const chance = chanceOf(seed, 7)
  const parts: { taught: number[]; held: number[] } = { taught: [], held: [] }
  for (let place = first; place < first + count; place += 1)
    (chance() < 0.2 ? parts.held : parts.taught).push(place)
  return parts
}

function setFigures(
  id: string,
  { three }: Pick<Bundle, 'three'>,
  confusion: Confusion,
  target: string | null,
): Figure[] {
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

/** The shipped weights on sentences that nothing was made for, by language. */
async function fresh(lexicon: SentimentLexicon): Promise<Figure[]> {
  const file = join(SENTIMENT, WEIGHTS_FILE)
  const reader = openToneReader(unpackWeights(await readFile(file), file), lexicon)
  return ['zh', 'en'].flatMap((language) => {
    const told = readMoodBook('fresh').filter(({ domain }) => domain === language)
    const confusion = confusionOf(told, reader)
    const id = `sentiment.fresh.${language}`
    return [
      figure(`${id}.sided`, sidedAccuracy(confusion), 'share'),
      figure(`${id}.called_neutral`, calledNeutral(confusion), 'share'),
      ...setFigures(id, { three: true }, confusion, null),
    ]
  })
}

/** Whole domains held out: those of the shop one by one, the hotel, the bank, the English reviews all and one by one. */
async function unseen(
  { examples, taughtBy, judged }: School,
  shopping: readonly Example[],
): Promise<Figure[]> {
  const figures: Figure[] = []
  const without = async (id: string, domains: readonly string[], three = false): Promise<number> => {
    const [away, rest]: [number[], number[]] = [[], []]
    for (const [place, { domain }] of examples.entries()) (domains.includes(domain) ? away : rest).push(place)
    const confusion = judged(await taughtBy(rest), away)
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
  const oneByOne = async (id: string, domains: readonly string[]): Promise<void> => {
    const rights: number[] = []
    for (const domain of domains) rights.push(await without(`${id}.${domain}`, [domain]))
    const mean = rights.reduce((sum, right) => sum + right, 0) / rights.length
    figures.push(figure(`sentiment.unseen.${id}.mean`, mean, 'share'))
  }
  const english = ['amazon', 'yelp', 'imdb']
  await without('hotel', ['hotel'])
  await oneByOne('shopping', [...new Set(shopping.map(({ domain }) => domain))])
  await without('bank', ['bank'], true)
  await without('english', english)
  await oneByOne('english', english)
  await without('written', ['own-zh', 'own-en'], true)
  return figures
}
