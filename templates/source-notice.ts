import type { Block, Button, Card, View } from '../src/chat/card.ts'
import type { Notice } from '../src/learning/notice.ts'
import { same } from '../src/text.ts'
import { speaker, zh } from './language.ts'
import { LIMITS, shown, withinLimits } from './limits.ts'
import { duration } from './times.ts'

type DataOf<Kind extends Notice['kind']> = Extract<Notice, { kind: Kind }>['data']

/** Nothing new comes from a source any more. */
export function sourceFailed({ source, says }: DataOf<'source-failed'>, view: View): Card {
  const t = speaker(view.locale)
  const name = shown(source, LIMITS.name)
  const title = t(zh`数据源 ${name} 读不到了`, `The source ${name} can no longer be read`)
  const after = t(
    '其他数据源照常读取，每次读取都会再试它。断久了，沉默类信号会先不作数。',
    'The others are read as ever, and each pull tries it again. If it stays down, silence stops counting as a sign.',
  )
  return card(
    'P1',
    title,
    [
      { kind: 'text', text: shown(says[view.locale], LIMITS.quote) },
      { kind: 'note', text: after },
    ],
    source,
    view,
  )
}

export function sourceBack({ source, since }: DataOf<'source-back'>, view: View): Card {
  const t = speaker(view.locale)
  const name = shown(source, LIMITS.name)
  const title = t(zh`数据源 ${name} 恢复了`, `The source ${name} can be read again`)
  const down = duration(+view.now - Date.parse(since), view.locale)
  const text = t(
    zh`断了${down}，期间的数据已经补读。`,
    `It was down for ${down}; what came meanwhile has been read.`,
  )
  return card('good', title, [{ kind: 'text', text }], source, view)
}

/** Too many rows of a file are unusable: none of it counts until it is mended. */
export function fileHeld({ source, files, more }: DataOf<'file-held'>, view: View): Card {
  const t = speaker(view.locale)
  const name = shown(source, LIMITS.name)
  const count = files.length + more
  const title = t(
    zh`数据源 ${name} 有 ${count} 个文件没有采用`,
    `${count} ${count === 1 ? 'file' : 'files'} of the source ${name} ${count === 1 ? 'was' : 'were'} held back`,
  )
  const fields = files.map(({ file, reason, says = same(reason) }) => ({
    label: shown(file, LIMITS.name),
    value: shown(says[view.locale], LIMITS.field),
  }))
  const after = t('改好文件后，下次读取会自动采用。', 'Once mended, the file is taken in by the next pull.')
  return card(
    'P1',
    title,
    [
      { kind: 'fields', fields },
      { kind: 'note', text: after },
    ],
    source,
    view,
  )
}

function card(
  accent: Card['accent'],
  title: string,
  blocks: Block[],
  source: string,
  { locale }: View,
): Card {
  const look: Button = {
    ...{ command: 'sources', label: speaker(locale)('查看数据源', 'See the source') },
    ...{ style: 'plain', args: source },
  }
  return withinLimits({ accent, title, blocks, buttons: [look], fallback: title })
}
