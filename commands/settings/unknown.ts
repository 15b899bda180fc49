import { ForeshockError } from '../../src/errors.ts'
import { nearest, suggestion } from '../../src/nearest.ts'
import { clip, text } from '../../src/text.ts'

const SEE_ALL = text('输入 config 查看全部设置。', 'Type config to see every setting.')
/** So many are named of those that begin alike. */
const MOST = 6

/** What to say of a setting there is not: those that begin so (`sla`), the one that was probably meant, or all of them. */
export function unknownSetting(said: string, known: readonly string[]): ForeshockError {
  if (said === '') {
    return new ForeshockError('BAD_INPUT', text('没写是哪项设置。', 'Which setting?'), SEE_ALL)
  }
  const name = clip(said, 40)
  const within = known.filter((each) => each.startsWith(`${said.toLowerCase()}.`))
  const [some, more] = [within.slice(0, MOST), within.length > MOST]
  const near = nearest(said, known)
  return new ForeshockError(
    'NOT_FOUND',
    text(`没有“${name}”这个设置。`, `There is no setting "${name}".`),
    some.length > 0
      ? text(
          `以它开头的有：${some.join('、')}${more ? '……' : '。'}`,
          `There are: ${some.join(', ')}${more ? ', ...' : '.'}`,
        )
      : near === null
        ? SEE_ALL
        : suggestion(near),
  )
}
