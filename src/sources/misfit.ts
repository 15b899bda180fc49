import { ForeshockError } from '../errors.ts'
import { text } from '../text.ts'

/** SOURCE_FAILED: the mapping does not fit what is there, one finding each. */
export function misfit(source: string, problems: readonly string[]): ForeshockError {
  const said = problems.map((problem) => problem.replace(/(?<![.?])$/, '.')).join(' ')
  const hint = text(
    '请修改 foreshock.yaml 中这个数据源的映射，或修改数据。',
    'Correct the mapping in foreshock.yaml, or the data.',
  )
  return new ForeshockError('SOURCE_FAILED', text(`${source}：${said}`, `${source}: ${said}`), hint)
}

/** What an error of a source says, without the source's name before it. */
export function unprefixed(source: string, error: ForeshockError): string {
  return error.explain('en').replace(`${source}: `, '')
}
