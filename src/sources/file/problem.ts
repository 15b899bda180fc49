/** A file that cannot be used as a whole. The sentence says what is wrong with it and how to mend it. */
export class FileProblem extends Error {
  constructor(reason: string) {
    super(reason)
    this.name = 'FileProblem'
  }
}
