import { ForeshockError } from '../../errors.ts'
import { type Text, text } from '../../text.ts'
import type { SingerMapping } from './mapping.ts'
import { type Ending, shownCommand } from './tap.ts'

/** SOURCE_FAILED for an ending that was not its work's; null: it came to its end, or we stopped it. */
export function endingFault(mapping: SingerMapping, ending: Ending, said: string): ForeshockError | null {
  if (ending.by === 'us' || (ending.by === 'itself' && ending.code === 0)) return null
  const { what, hint } = meaningOf(mapping, ending)
  const { name } = mapping
  const words = said === '' ? text('', '') : text(`它最后说：${said}。`, ` Its last words: ${said}.`)
  return new ForeshockError(
    'SOURCE_FAILED',
    text(`${name}：${what.zh}${words.zh}`, `${name}: ${what.en}${words.en}`),
    hint,
  )
}

function meaningOf(
  mapping: SingerMapping,
  ending: Exclude<Ending, { by: 'us' }>,
): { readonly what: Text; readonly hint: Text } {
  const { timeoutSeconds, longestMinutes, config } = mapping
  const tap = shownCommand(mapping)
  switch (ending.by) {
    case 'not starting':
      return { what: startFault(tap, ending.code), hint: START_HINTS[ending.code] ?? CHECK_COMMAND }
    case 'silence':
      return {
        what: text(
          `${tap} 有 ${timeoutSeconds} 秒没有输出，已停止它。`,
          `${tap} printed nothing for ${timeoutSeconds} seconds and was stopped.`,
        ),
        hint: text(
          '请检查它要连接的系统，或调大 timeoutSeconds。',
          'Check the system it connects to, or raise `timeoutSeconds`.',
        ),
      }
    case 'length':
      return {
        what: text(
          `${tap} 运行超过 ${longestMinutes} 分钟，已停止它。`,
          `${tap} ran for more than ${longestMinutes} minutes and was stopped.`,
        ),
        hint: text(
          '已读到的都保留，下次从它最后的 STATE 继续；也可以调大 longestMinutes。',
          'What it printed is kept, and the next pull goes on from its last state; or raise `longestMinutes`.',
        ),
      }
    case 'itself': {
      const how =
        ending.killed === null
          ? text(`以代码 ${ending.code} 结束。`, `ended with code ${ending.code}.`)
          : text(`被信号 ${ending.killed} 结束。`, `was ended by ${ending.killed}.`)
      const mend = config === undefined ? text('它的参数', 'its arguments') : text(config, config)
      return {
        what: text(`${tap} ${how.zh}`, `${tap} ${how.en}`),
        hint: text(
          `请检查${mend.zh}；已读到的都保留，下次拉取会继续。`,
          `Check ${mend.en}; what it printed is kept, and the next pull goes on from there.`,
        ),
      }
    }
  }
}

function startFault(tap: string, code: string): Text {
  if (code === 'ENOENT') return text(`找不到程序 ${tap}。`, `there is no program ${tap}.`)
  if (code === 'EACCES') return text(`无权运行 ${tap}。`, `${tap} may not be run.`)
  return text(`${tap} 启动不了（${code}）。`, `${tap} does not start (${code}).`)
}

const CHECK_COMMAND = text('请检查 command。', 'Check `command`.')
const START_HINTS: Readonly<Record<string, Text>> = {
  ENOENT: text(
    '请安装它（例如在虚拟环境里 pip install），再把 command 写成它的路径，从配置文件所在文件夹算起。',
    'Install it, in a virtual environment of its own for instance, and give its path as `command`, starting from the folder of the config file.',
  ),
  EACCES: text('请给它执行权限（chmod +x）。', 'Make it executable: chmod +x.'),
}
