import type { FastifyInstance } from 'fastify'

/** What platforms send is a few KB; what is longer is cut off while it comes in, with 413. */
const MOST_BYTES = 256 * 1024

/** Takes bodies of these kinds, and of no others, as the bytes they came in: signatures are made over those. */
export function takeRawBodies(app: FastifyInstance, kinds: readonly string[]): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser([...kinds], { parseAs: 'buffer', bodyLimit: MOST_BYTES }, (_request, body, done) =>
    done(null, body),
  )
}
