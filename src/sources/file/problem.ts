import { type Text, text } from '../../text.ts'

/** A file that cannot be used as a whole. The sentence says what is wrong with it and how to mend it. */
export class FileProblem extends Error {
  readonly said: Text

  constructor(zh: string, en: string) {
    super(en)
    this.name = 'FileProblem'
    this.said = text(zh, en)
  }
}
