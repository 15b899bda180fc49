import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { maskedContacts, maskedKey } from '../../templates/mask.ts'

describe('what names somebody is masked', () => {
  test.each([
    ['2026-06-01 13800138000 打给我', '2026-06-01 138**** 打给我'],
    ['打 13800138000 2026-06-01 之后', '打 138**** 2026-06-01 之后'],
    ['我的电话是１３８００１３８０００', '我的电话是１３８****'],
    ['138.0013.8000', '138****'],
    ['(010) 6554-1234', '(010****'],
    ['+86（138）0013－8000', '+86****'],
    ['138—0013—8000', '138****'],
    ['身份证 11010119900307888X', '身份证 110****X'],
    ['写信到 wang＠example.com', '写信到 ***@***'],
    ['发到wang@qq.com请尽快处理', '发到***@***请尽快处理'],
    ['王芳@qq.com，josé@x.fr', '***@***，***@***'],
    ['wang@例子.cn 或 wang@例子.中国', '***@*** 或 ***@***'],
    ['写给 admin@localhost', '写给 ***@***'],
    ['VIN LSVAU2180N2183294 修不好', 'VIN LSV**** 修不好'],
    ['我的车沪A12345，粤BD12345，京·A', '我的车沪A****，粤B****，京·A'],
    ['浙a8u88k 在店里', '浙a**** 在店里'],
  ])('%s', (said, shown) => {
    expect(maskedContacts(said)).toBe(shown)
  })

  test.each([
    '2026-05-30 花了 12800 元',
    '2026-05-30 2026-06-01 两次',
    '里程 123456.78 公里',
    '第 3 次，等了 120 分钟，A-1042',
    '新 APP 2024 版，新APP2024',
    'internationalisation',
    '5 月 1 日到 6 月 20 日',
    '找@李雷 或 @zhou 处理',
    'user@db:5432 refused, 3 @ 5',
  ])('what names nobody stays: %s', (said) => {
    expect(maskedContacts(said)).toBe(said)
  })

  test.each([
    ['email', '王芳@qq.com', '***@***'],
    ['email', 'not an address', '***@***'],
    ['phone', '1234567', '123****'],
    ['phone', '110', '****'],
    ['vin', 'WVW1234', 'WVW****'],
    ['crm', 'K-1204', 'K-1204'],
  ])('a key of the kind %s, %s', (kind, value, shown) => expect(maskedKey({ kind, value })).toBe(shown))

  test('a phone number never survives, however it is written and whatever stands before it', () => {
    const between = fc.constantFrom('', ' ', '-', '.', '·', ') ', '－', '\u00a0')
    const before = fc.constantFrom('', '2026-06-01 ', '2026-06-01', '车牌沪A12345 ', '1、', '(')
    const wide = (digits: string) =>
      digits.replace(/\d/g, (digit) => '０１２３４５６７８９'.charAt(Number(digit)))
    fc.assert(
      fc.property(
        fc.stringMatching(/^1[3-9]\d{9}$/),
        between,
        before,
        fc.boolean(),
        (phone, mark, lead, isWide) => {
          const written = [phone.slice(0, 3), phone.slice(3, 7), phone.slice(7)].join(mark)
          const shown = maskedContacts(`${lead}${isWide ? wide(written) : written}。`)
          expect(shown.normalize('NFKC')).not.toContain(phone.slice(-4))
        },
      ),
    )
  })
})
