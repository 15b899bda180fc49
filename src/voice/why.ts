import { type Text, text } from '../text.ts'

/** Why a hit counts (`said`, `sounds`) or does not. */
export type Why =
  | 'said'
  | 'negated'
  | 'how-to'
  | 'hypothetical'
  | 'quoted'
  | 'someone-else'
  | 'in-our-favour'
  | 'other-meaning'
  | 'closing'
  | 'resolved'
  | 'sounds'
  | 'other-sentence'

export const WHY_TEXTS: Readonly<Record<Why, Text>> = {
  said: text('客户这么说了', 'the customer says so'),
  negated: text('说的是“不”', 'said with a "not"'),
  'how-to': text('只是在问怎么操作或规则', 'asks how something works'),
  hypothetical: text('只是假设的情况', 'only a case supposed'),
  quoted: text('转述别人的话', 'quotes someone else'),
  'someone-else': text('说的是别人', 'speaks of someone else'),
  'in-our-favour': text('比下来我们更好', 'says that we are better'),
  'other-meaning': text('这里是别的意思', 'means something else here'),
  closing: text('只是礼貌的告别', 'a polite goodbye'),
  resolved: text('过去的事，已经满意解决', 'over, and settled well'),
  sounds: text('整句话换了说法，就是这个意思', 'the whole sentence says it in other words'),
  'other-sentence': text('整句话说的不是这件事', 'the whole sentence is about something else'),
}
