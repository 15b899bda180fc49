import type { Hint } from '../src/errors.ts'
import type { Locale } from '../src/text.ts'
import { text } from '../src/text.ts'

/** What stands in usage lines for words of one's own, as it is told in Chinese. */
const IN_CHINESE: Readonly<Record<string, string>> = {
  CHANNEL: '频道',
  CLASS: '类别',
  CODE: '验证码',
  COMMAND: '命令',
  DEPARTMENT: '部门',
  EXPRESSION: '表达式',
  ID: '代号',
  N: '页码',
  NAME: '名称',
  OWNER: '负责人',
  PERSON: '姓名',
  PRODUCT: '产品',
  REGION: '区域',
  ROLE: '角色',
  SEGMENT: '客群',
  SENTENCE: '句子',
  STORE: '门店',
  TITLE: '标题',
  TOPIC: '话题',
  VALUE: '值',
  WHAT: '改了什么',
  WORD: '词',
  WORDS: '关键词',
  action: '做法',
  note: '备注',
  reason: '原因',
  result: '结果',
  'what they said': '客户的原话',
}

/** Whole words only: of `reason:service` and `P0` every letter is typed as it stands. */
const STANDS_FOR = new RegExp(`(?<![\\w-])(?:${Object.keys(IN_CHINESE).join('|')})(?![\\w:-])`, 'g')

/** A command's usage line; what is typed as it stands is the same in every language. */
export function usageIn(usage: string, locale: Locale): string {
  return locale === 'en' ? usage : usage.replace(STANDS_FOR, (word) => IN_CHINESE[word]!)
}

/** How a line should have been written. */
export function writeLike(usage: string): Hint {
  return {
    ...text(`这样写：${usageIn(usage, 'zh')}`, `Write it like this: ${usage}`),
    shell: `Write it like this: foreshock ${usage}`,
  }
}
