import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CLOSED } from '../../src/alerts/alert.ts'
import { DAY, HOUR } from '../../src/clock.ts'
import { alertCard } from '../../templates/alert.ts'
import { inBothLanguages } from '../../templates/both.ts'
import { basisWords, channelWords } from '../../templates/kinds.ts'
import { zh } from '../../templates/language.ts'
import { maskedName, maskedVoice } from '../../templates/names.ts'
import {
  daysAgoFeatures,
  measured,
  money,
  moneyFeatures,
  number,
  roundMoney,
} from '../../templates/numbers.ts'
import { dataAge, day, dayOf, daysBetween, duration, moment } from '../../templates/times.ts'
import { listed, riskWords } from '../../templates/words.ts'
import { NOW, view } from './cases.ts'
import { STAGES } from './stages.ts'

describe('money and numbers', () => {
  test('minor units by currency, cents only where there are some', () => {
    expect(money(128_000, 'CNY', 'zh')).toBe('¥1,280')
    expect(money(128_050, 'CNY', 'en')).toBe('CN¥1,280.50')
    expect(money(1280, 'JPY', 'en')).toBe('¥1,280')
    expect(money(1_234_500, 'KWD', 'en')).toMatch(/KWD\s1,234\.500/)
    expect(money(Number.NaN, 'CNY', 'zh')).toBe('—')
    expect(roundMoney(8_645_050, 'CNY', 'zh')).toBe('¥86,451')
    expect(roundMoney(-10, 'USD', 'en')).toBe('$0')
  })

  test('plain numbers: one decimal below 100, a dash for unknown', () => {
    expect([31.42, 0, -0, 99.96, 1234.5, null, Number.NaN].map((value) => number(value, 'en'))).toEqual([
      '31.4',
      '0',
      '0',
      '100',
      '1,235',
      '—',
      '—',
    ])
  })

  test('features that sum, average or pick amounts are money; counts of events are not', () => {
    const features = moneyFeatures({
      aggregates: [
        { name: 'spend', fn: 'sum', kind: 'visit', measure: 'amount' },
        { name: 'visits', fn: 'count', kind: 'visit' },
        { name: 'big_share', fn: 'share', kind: 'visit', measure: 'amount', above: 5 },
        { name: 'rating', fn: 'last', kind: 'voice', measure: 'rating' },
      ],
      ltv: 'ltv_estimated',
    })
    expect([...features]).toEqual(['spend', 'ltv', 'ltv_estimated'])
    expect(measured('spend', 52_050, { currency: 'CNY', features }, 'zh')).toBe('¥521')
    expect(measured('visits', 4, { currency: 'CNY', features }, 'zh')).toBe('4')
    const ago = daysAgoFeatures({ aggregates: [{ name: 'quiet', fn: 'recency', kind: 'visit' }] })
    expect(measured('quiet', 28.8, { currency: 'CNY', ago }, 'en')).toBe('29')
    expect(measured('gap', 2.5, { currency: 'CNY', ago }, 'en')).toBe('2.5')
  })
})

test('rates are percentages of before, and words where there is nothing to take a share of', () => {
  const rates = new Set(['visits_change'])
  const say = (value: number | null, locale: 'zh' | 'en') =>
    measured('visits_change', value, { currency: 'CNY', rates }, locale)
  const values = [-1, -0.5, 0, 0.5, 0.6, 1, Number.NaN, null]
  expect(values.map((value) => say(value, 'en'))).toEqual([
    'down to none',
    '-50%',
    'unchanged',
    '+100%',
    '+150%',
    'from none',
    '—',
    '—',
  ])
  expect(values.map((value) => say(value, 'zh'))).toEqual([
    '降到零',
    '-50%',
    '没有变化',
    '+100%',
    '+150%',
    '从无到有',
    '—',
    '—',
  ])
})

describe('times', () => {
  const at = (iso: string) => moment(new Date(iso), view('en'))

  test('near days by name, others by date, in the zone of the reader', () => {
    expect(at('2026-06-01T16:00:00+08:00')).toBe('today 16:00')
    expect(at('2026-05-31T16:30:00Z')).toBe('today 00:30')
    expect(at('2026-06-02T09:00:00+08:00')).toBe('tomorrow 09:00')
    expect(at('2026-05-31T23:59:00+08:00')).toBe('yesterday 23:59')
    expect(at('2025-12-31T08:00:00+08:00')).toBe('31 Dec 2025 08:00')
    expect(day(new Date('2025-12-31T08:00:00+08:00'), view('zh'))).toBe('2025年12月31日')
    expect(moment(NOW, { ...view('en'), timeZone: 'America/New_York' })).toBe('today 18:20')
    expect(moment(NOW, { ...view('zh'), zoned: true })).toMatch(/^今天 \d\d:\d\d GMT\+8$/)
    expect(moment(Number.NaN, view('zh'))).toBe('—')
  })

  test('durations in their two largest units', () => {
    expect(duration(100 * 60_000, 'zh')).toBe('1 小时 40 分钟')
    expect(duration(-100 * 60_000, 'en')).toBe('1 h 40 min')
    expect(duration(DAY + 3 * HOUR + 60_000, 'en')).toBe('1 day 3 h')
    expect(duration(3 * DAY, 'en')).toBe('3 days')
    expect(duration(DAY + 60_000, 'zh')).toBe('1 天')
    expect(duration(30_000, 'zh')).toBe('不到 1 分钟')
  })

  test('the age of the data in hours, and in days once there are two', () => {
    expect(dataAge(Number.NaN, view('en'))).toContain('not known')
    expect(dataAge(0, view('en'))).toContain('up to date')
    expect(dataAge(30, view('en'))).toContain('30 hours old')
    expect(dataAge(5948, view('en'))).toContain('247 days old')
    expect(dataAge(5948, view('zh'))).toContain('已有 247 天没更新')
  })

  test('days of a watch count from 1 and stop at its end', () => {
    const from = new Date(+NOW - 4.3 * DAY)
    expect(dayOf(from, 30, NOW)).toBe(5)
    expect(dayOf(NOW, 30, NOW)).toBe(1)
    expect(dayOf(from, 3, NOW)).toBe(3)
    expect(daysBetween(from, new Date(+from + 30 * DAY))).toBe(30)
  })
})

describe('names', () => {
  test('masked names', () => {
    expect(
      ['@here Bob', '<!channel>', '(Bob)', '“张伟”', '@王 芳', "O'Brien - Ann", '...', '#1 Jane'].map(
        maskedName,
      ),
    ).toEqual(['h. B***', 'c***', 'B***', '张**', '王**', 'O. A***', '.***', '1. J***'])
    expect(['张伟', '欧阳若华', 'Jane Smith', 'Madonna', '👩‍🚀 X'].map(maskedName)).toEqual([
      '张**',
      '欧**',
      'J. S***',
      'M***',
      '👩‍🚀. X***',
    ])
  })

  test('voices lose phone numbers, addresses and the name; dates and amounts stay', () => {
    const voice = '我是张伟，138 0013 8000 或 zhang.wei@example.com，2026-05-30 花了 12800 元'
    expect(maskedVoice(voice, '张伟')).toBe('我是张**，138**** 或 ***@***，2026-05-30 花了 12800 元')
  })

  test.each([
    [
      'Jane Smith',
      'jane  smith here, ask for Jane or SMITH’s wife',
      'J. S*** here, ask for J*** or S***’s wife',
    ],
    ['Jane Smith', 'Smithers of Janesville', 'Smithers of Janesville'],
    ['王小明', '我是小明，王小明本人', '我是**，王**本人'],
    ['欧阳若华', '若华的车', '**的车'],
    ['张伟', '伟大的服务', '伟大的服务'],
    ['张国庆', '国庆去保养；我是国庆', '国庆去保养；我是**'],
    ['Will May', 'I will cancel in May, Will', 'I will cancel in M***, W***'],
    ['Will', 'Will will be unwilling', 'W*** will be unwilling'],
    ['Li An', 'so an agent said to Li', 'so an agent said to L***'],
    ['Acme Trading Ltd', 'acme trading ltd stops trading', 'A. L*** stops trading'],
    ['C++ (a|b) [x', 'it is c++ (a|b) [x', 'it is C. [***'],
  ])('%s is masked in "%s"', (name, said, masked) => {
    expect(maskedVoice(said, name)).toBe(masked)
  })

  test('a phone number never survives masking, however it is written', () => {
    const separator = fc.constantFrom('', ' ', '-')
    fc.assert(
      fc.property(fc.stringMatching(/^1[3-9]\d{9}$/), separator, fc.string(), (phone, between, around) => {
        const written = [phone.slice(0, 3), phone.slice(3, 7), phone.slice(7)].join(between)
        const text = `${around.replace(/\d/g, '')}，${written}，`.slice(0, 300)
        expect(maskedVoice(text, null)).not.toContain(written.slice(-4))
      }),
    )
  })
})

describe('words', () => {
  test('Chinese sentences leave a blank beside Latin letters and digits only', () => {
    expect(zh`由${'林晓雯'}在${'A-1042'}中跟进${3}次。`).toBe('由林晓雯在 A-1042 中跟进 3 次。')
    expect(zh`同类客户一般为${'-1.4'}`).toBe('同类客户一般为 -1.4')
    expect(zh`请在${'明天 09:00'}前认领`).toBe('请在明天 09:00 前认领')
  })

  test('lists, channels and kinds, our own or not', () => {
    expect(listed(['a', 'b', 'c'], 'en')).toBe('a, b and c')
    expect(listed(['甲', '乙', '丙'], 'zh')).toBe('甲、乙和丙')
    expect(listed([], 'en')).toBe('')
    expect(channelWords('review').zh).toBe('评价')
    expect(channelWords('fax').en).toBe('fax')
    expect(basisWords('voice:f-1').en).toBe('feedback and mood')
    expect(basisWords('cart_abandoned').en).toBe('cart abandoned')
  })

  test('too little history is unknown risk, not low risk', () => {
    expect(riskWords({ tier: 'routine', reason: 'no-history' }).en).toBe('Unknown')
    expect(riskWords({ tier: 'routine', reason: 'already-gone' }).en).toBe('Already gone')
    expect(riskWords({ tier: 'P0', reason: 'strong-word-high-value' }).zh).toBe('极高')
  })
})

test('a closed case offers details and nothing else; both languages offer the same buttons', () => {
  for (const [stage, data] of Object.entries(STAGES)) {
    const cards = inBothLanguages(alertCard, data, view('en'))
    const commands = cards.en.buttons.map(({ command, args }) => `${command} ${args}`)
    expect(
      cards.zh.buttons.map(({ command, args }) => `${command} ${args}`),
      stage,
    ).toEqual(commands)
    if (CLOSED.includes(data.alert.state)) expect(commands, stage).toEqual(['why A-1042'])
  }
})
