import type { Draw } from './random.ts'
import { chance, pick, pickWeighted } from './random.ts'

const SURNAMES: readonly (readonly [string, number])[] = [
  ...weighted('王李张刘陈', 7),
  ...weighted('杨黄赵吴周', 3.5),
  ...weighted('徐孙马朱胡郭何高林罗', 1.8),
  ...weighted('郑梁谢宋唐许韩冯邓曹彭曾肖田董', 1),
  ...weighted('袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦', 0.6),
  ['欧阳', 0.3],
  ['上官', 0.1],
]

const SECOND = '子雨晓文志明思嘉俊浩宇欣佳一天海建国春秀丽玉淑桂永家立宏庆景书润启若亦乐'
const THIRD = '轩涵怡萱琪婷敏静娜芳强军磊洋勇艳杰涛超霞平刚辉鹏飞航博睿然宁妍雯琳瑶峰林成东华康安生'
const SINGLE = '伟芳敏静强磊洋勇杰娟涛超霞刚辉鹏飞宁琳峰凯旭倩莉颖蕾岚'

const FIRST_NAMES = [
  ...['Emily', 'Daniel', 'Sofia', 'Marcus', 'Hannah', 'Oliver', 'Priya', 'Thomas', 'Elena', 'Ryan'],
  ...['Claire', 'Victor', 'Naomi', 'Patrick', 'Ingrid', 'Samuel', 'Leila', 'George', 'Marta', 'Kevin'],
]
const LAST_NAMES = [
  ...['Carter', 'Hughes', 'Lindqvist', 'Moreau', 'Novak', 'Okafor', 'Pereira', 'Reid', 'Schneider', 'Tanaka'],
  ...['Walsh', 'Bauer', 'Costa', 'Dunn', 'Fischer', 'Grant', 'Iyer', 'Jansen', 'Keller', 'Murphy'],
]

/** A full name as it stands in the CRM. */
export function nameOf(draw: Draw, language: 'zh' | 'en'): string {
  if (language === 'en') return `${pick(draw, FIRST_NAMES)} ${pick(draw, LAST_NAMES)}`
  const surname = pickWeighted(draw, SURNAMES)
  if (chance(draw, 0.16)) return surname + pick(draw, [...SINGLE])
  return surname + pick(draw, [...SECOND]) + pick(draw, [...THIRD])
}

function weighted(characters: string, weight: number): [string, number][] {
  return [...characters].map((character) => [character, weight])
}
