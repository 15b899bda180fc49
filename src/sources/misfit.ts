import { ForeshockError } from '../errors.ts'
import { type Text, text } from '../text.ts'

/** SOURCE_FAILED: the mapping does not fit what is there, one finding each. */
export function misfit(source: string, problems: readonly Text[]): ForeshockError {
  const zh = problems.map((problem) => problem.zh.replace(/(?<![。？])$/, '。')).join('')
  const en = problems.map((problem) => problem.en.replace(/(?<![.?])$/, '.')).join(' ')
  const hint = text(
    '请修改 foreshock.yaml 中这个数据源的映射，或修改数据。',
    'Correct the mapping in foreshock.yaml, or the data.',
  )
  return new ForeshockError('SOURCE_FAILED', text(`${source}：${zh}`, `${source}: ${en}`), hint)
}

/** What an error of a source says, without the source's name before it. */
export function unprefixed(source: string, error: ForeshockError): Text {
  return text(error.explain('zh').replace(`${source}：`, ''), error.explain('en').replace(`${source}: `, ''))
}
