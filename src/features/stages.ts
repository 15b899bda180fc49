import type { Text } from '../text.ts'
import type { History } from '../timeline/history.ts'
import { compileExpression, type Expression } from './expression.ts'
import { featureNames } from './feature-list.ts'
import { filled } from './filled.ts'
import type { Profile, Stage } from './profile.ts'

/** Where on the way out a customer stands. */
export interface StageFound {
  readonly stage: Stage
  /** The stage's sentence with the customer's own numbers, filled in when it is read. */
  readonly sentence: Text
}

/** Reads a profile's departure stages: the latest that holds, or null when none can be seen. Unknown does not hold. */
export function stageReader(profile: Profile): (history: Pick<History, 'feature'>) => StageFound | null {
  const names = featureNames(profile)
  const stages: { stage: Stage; test: Expression }[] = (profile.stages ?? []).map((stage) => ({
    stage,
    test: compileExpression(stage.when, names),
  }))
  return (history) => {
    const get = (name: string) => history.feature(name)
    const found = stages.find(({ test }) => test.evaluate(get) === 1)
    return found === undefined ? null : new Seen(found.stage, get)
  }
}

/** A class, since an object with a getter of its own is dear. */
class Seen implements StageFound {
  readonly stage: Stage
  readonly #get: (name: string) => number

  constructor(stage: Stage, get: (name: string) => number) {
    this.stage = stage
    this.#get = get
  }

  get sentence(): Text {
    return filled(this.stage.says, this.#get)
  }
}

const readers = new WeakMap<Profile, ReturnType<typeof stageReader>>()

/** The stage of one customer; the profile's tests are prepared once. */
export function stageOf(history: Pick<History, 'feature'>, profile: Profile): StageFound | null {
  let read = readers.get(profile)
  if (read === undefined) {
    read = stageReader(profile)
    readers.set(profile, read)
  }
  return read(history)
}
