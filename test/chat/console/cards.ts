import type { Button, Card, CardTexts, Chart, Form } from '../../../src/chat/card.ts'
import type { Locale } from '../../../src/text.ts'

/** Cards with every kind of block, as life-like as the real ones, for the console's own tests. */

export const both = (write: (zh: boolean) => Card): CardTexts => ({ zh: write(true), en: write(false) })

export function outcomeForm(zh: boolean): Form {
  return {
    title: zh ? '结案 A-1042' : 'Close A-1042',
    submit: zh ? '结案' : 'Close case',
    fields: [
      {
        kind: 'select',
        name: 'result',
        label: zh ? '结果' : 'Result',
        options: [
          { value: 'stays', label: zh ? '客户留下' : 'Customer stays' },
          { value: 'lost', label: zh ? '客户流失' : 'Customer lost' },
        ],
      },
      {
        kind: 'text',
        name: 'action',
        label: zh ? '做了什么' : 'What was done',
        placeholder: zh ? '例如：安排资深技师免费复检' : 'e.g. free re-check by a senior technician',
        multiline: true,
        required: true,
      },
      { kind: 'number', name: 'cost', label: zh ? '花费（元）' : 'Cost (CNY)', min: 0, value: 0 },
      { kind: 'text', name: 'reply', label: zh ? '客户怎么说' : 'What the customer said' },
    ],
  }
}

const FORMS: Record<Locale, Form> = { zh: outcomeForm(true), en: outcomeForm(false) }

export { FORMS as outcomeForms }

export interface CaseState {
  readonly no: number
  readonly owner: string | null
  readonly version: number
  readonly closed: boolean
}

export function alertCard({ no, owner, version, closed }: CaseState): CardTexts {
  return both((zh) => ({
    accent: closed ? 'good' : 'P0',
    badge: closed ? (zh ? '观察' : 'Watch') : 'P0',
    title: zh ? '林** · 刚说要“退订”，是高价值客户' : 'L*** Lin · high value, just asked to cancel',
    subtitle: zh ? `C-0218 · 徐汇店 · 案件 A-${no}` : `C-0218 · Xuhui store · case A-${no}`,
    version,
    blocks: [
      {
        kind: 'quote',
        text: zh
          ? '等了三周还没修好，每次来都说要再等。我真的受够了，延保给我退了吧，以后不来了。'
          : 'Three weeks and still not fixed. I have had enough. Refund my extended warranty, I will not come back.',
        by: zh ? '工单 · 5月31日 21:14' : 'Ticket · 31 May, 21:14',
      },
      {
        kind: 'fields',
        fields: [
          { label: zh ? '客户价值' : 'Value', value: zh ? '高 · 累计 ¥86,400' : 'High · ¥86,400 so far' },
          { label: zh ? '负责人' : 'Owner', value: owner ?? (zh ? '待认领' : 'Unclaimed') },
          {
            label: zh ? '截止' : 'Due',
            value: zh ? '今天 11:30（还剩 1 小时 40 分）' : 'Today 11:30 (1 h 40 min left)',
          },
          { label: zh ? '区域经理' : 'Regional manager', value: zh ? '周敏' : 'Zhou Min' },
        ],
      },
      {
        kind: 'factors',
        title: zh ? '为什么是现在' : 'Why now',
        factors: [
          {
            label: zh ? '近 90 天到店' : 'Visits, 90 days',
            numbers: '3 → 0',
            share: 0.42,
            note: zh ? '同类客户中位数 1.5 次' : 'Similar customers: 1.5',
          },
          { label: zh ? '最近评分' : 'Last rating', numbers: '9.2 → 4', share: 0.31 },
          { label: zh ? '投诉' : 'Complaints', numbers: '0 → 2', share: 0.18 },
          { label: zh ? 'App 登录' : 'App logins', numbers: '11 → 3', share: null },
        ],
      },
      {
        kind: 'steps',
        title: zh ? '建议这样做' : 'Suggested steps',
        steps: zh
          ? [
              '两小时内打电话，先听完，不提挽留。',
              '当场给出修好的日期，并指定一位技师负责到底。',
              '可授权：免费取送车，工时费减免 500 元以内。',
            ]
          : [
              'Call within two hours. Listen first; do not mention staying.',
              'Give a firm repair date and one technician in charge.',
              'You may grant free pick-up and up to ¥500 off labour.',
            ],
      },
      {
        kind: 'note',
        text: zh ? '数据截至 6月1日 05:40 · 规则评分' : 'Data up to 1 June 05:40 · scored by rules',
      },
    ],
    buttons: closed ? [] : buttonsFor(no, owner, zh),
    fallback: zh ? `P0：林** 要退订（A-${no}）` : `P0: L*** Lin asked to cancel (A-${no})`,
  }))
}

function buttonsFor(no: number, owner: string | null, zh: boolean): Button[] {
  const args = `A-${no}`
  const claim: Button = { command: 'claim', label: zh ? '认领' : 'Claim', style: 'primary', args }
  const resolve: Button = {
    command: 'resolve',
    label: zh ? '结案' : 'Resolve',
    style: 'primary',
    args,
    form: outcomeForm(zh),
  }
  return [
    owner === null ? claim : resolve,
    { command: 'why', label: zh ? '详情' : 'Details', style: 'plain', args },
    { command: 'dismiss', label: zh ? '不是风险' : 'Not a risk', style: 'danger', args },
  ]
}

export function quietCard(no: number, tier: 'P1' | 'P2'): CardTexts {
  return both((zh) => ({
    accent: tier,
    badge: tier,
    title: zh ? `陈** · 常来的客户已 94 天没有到店` : `M*** Chen · a regular, unseen for 94 days`,
    subtitle: zh ? `C-0731 · 浦东店 · 案件 A-${no}` : `C-0731 · Pudong store · case A-${no}`,
    version: 1,
    blocks: [
      {
        kind: 'text',
        text: zh
          ? '过去一年来店 6 次，平均 58 天一次；这次已经错过一次半。质保 24 天后到期，还没有续。'
          : 'Six visits last year, one every 58 days; now one and a half beats missed. The warranty ends in 24 days and is not renewed.',
      },
      {
        kind: 'fields',
        fields: [
          { label: zh ? '客户价值' : 'Value', value: zh ? '中 · 累计 ¥23,150' : 'Medium · ¥23,150 so far' },
          { label: zh ? '截止' : 'Due', value: zh ? '明天 09:30' : 'Tomorrow 09:30' },
        ],
      },
    ],
    buttons: [
      { command: 'claim', label: zh ? '认领' : 'Claim', style: 'primary', args: `A-${no}` },
      { command: 'why', label: zh ? '详情' : 'Details', style: 'plain', args: `A-${no}` },
    ],
    fallback: zh ? `${tier}：陈** 94 天没有到店` : `${tier}: M*** Chen unseen for 94 days`,
  }))
}

export function topCard(): CardTexts {
  return both((zh) => ({
    accent: 'neutral',
    title: zh ? '最该先联系的 3 位客户' : 'The 3 customers to reach first',
    subtitle: zh ? '按挽回价值排序 · 共 61 位 · 第 1 页' : 'By value at stake · 61 in all · page 1',
    blocks: [
      {
        kind: 'table',
        columns: zh
          ? ['客户', '级别', '价值', '原因', '负责人']
          : ['Customer', 'Tier', 'Value', 'Reason', 'Owner'],
        rows: [
          {
            tier: 'P0',
            command: 'show C-0218',
            cells: zh
              ? ['1  林**', 'P0', '¥86,400', '强流失词', '未认领 3 小时']
              : ['1  L*** Lin', 'P0', '¥86,400', 'Asked to cancel', 'Unclaimed, 3 h'],
          },
          {
            tier: 'P1',
            command: 'show C-0731',
            cells: zh
              ? ['2  陈**', 'P1', '¥23,150', '沉默、质保将到期', '李倩']
              : ['2  M*** Chen', 'P1', '¥23,150', 'Silent, warranty ending', 'Li Qian'],
          },
          {
            tier: 'P2',
            command: 'show C-1190',
            cells: zh
              ? ['3  王**', 'P2', '¥41,020', '评分下降', '未认领 1 天']
              : ['3  K*** Wang', 'P2', '¥41,020', 'Ratings falling', 'Unclaimed, 1 d'],
          },
        ],
      },
    ],
    buttons: [],
    fallback: zh ? '最该先联系的 3 位客户' : 'The 3 customers to reach first',
  }))
}

export function smallCard(zh: string, en: string, accent: Card['accent'] = 'neutral'): CardTexts {
  return both((isZh) => ({
    accent,
    title: isZh ? zh : en,
    blocks: [],
    buttons: [],
    fallback: isZh ? zh : en,
  }))
}

/** What follows a claim: it can be taken back for a minute. */
export function undoCard(args: string): CardTexts {
  return both((zh) => ({
    accent: 'good',
    title: zh ? `${args} 归你了` : `${args} is yours`,
    blocks: [],
    buttons: [{ command: 'undo', label: zh ? '撤销' : 'Undo', style: 'plain', args, seconds: 60 }],
    fallback: zh ? `${args} 归你了` : `${args} is yours`,
  }))
}

const chart = (draw: Chart['draw'], title: string, values: readonly (number | null)[]): Chart => ({
  kind: 'chart',
  draw,
  title,
  says: `${title}：${values.length} 个点`,
  points: values.map((value, at) => ({ at, value, label: value === null ? '' : `第 ${at} 天：${value}` })),
  ends: { from: '6月1日', to: '今天' },
})

/** Three pictures side by side, then one on its own. */
export function chartsCard(): CardTexts {
  return both((zh) => ({
    accent: 'P1',
    title: zh ? '图' : 'Pictures',
    blocks: [
      chart('line', '风险走势', [0.1, 0.1, 0.4, 0.9]),
      chart('line', '情绪与评分', [null, 9, null, 2, null]),
      chart('bars', '每月到店', [2, 0, 1, 1, 0, 0]),
      { kind: 'text', text: '——' },
      chart('marks', '到店节奏', [1, 1, 1, 0, 0, null]),
    ],
    buttons: [],
    fallback: zh ? '图' : 'Pictures',
  }))
}
