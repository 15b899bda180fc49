import type { DayNumber } from './calendar.ts'
import { resumeDeparture } from './contact.ts'
import { followHabits, record } from './habits.ts'
import type { Life } from './life.ts'
import { momentOf, newRowId, renew } from './life.ts'
import type { Beat, EventType } from './plot.ts'
import { between } from './random.ts'
import type { DayRows } from './rows.ts'
import { saySomething } from './speech.ts'

/** Lives one day of one customer and writes down what the company's systems would record of it. */
export function liveDay(life: Life, day: DayNumber, rows: DayRows, monthBegins: boolean): void {
  if (day < life.persona.joined) return
  if (day >= life.resumesOn) resumeDeparture(life, day)
  followHabits(life, day, rows)
  while (life.beats.length > 0 && life.beats[0]!.day <= day) play(life, life.beats.shift()!, day, rows)
  if (life.renewsOn <= day) renewWarranty(life, day, rows)
  if (monthBegins || life.shownLtv === 0) life.shownLtv = Math.round(life.spent / 10_000) * 10_000
}

function play(life: Life, beat: Beat, day: DayNumber, rows: DayRows): void {
  if (beat.act === 'speak') saySomething(life, day, beat, rows)
  else if (beat.act === 'event') record(life, day, rows, beat.type, DETAILS[beat.type] ?? '')
  else refund(life, day, rows)
}

const DETAILS: Partial<Record<EventType, string>> = {
  工单创建: '客户来电登记',
  工单关闭: '已处理回访',
  投诉: '服务投诉',
  故障报警: '车辆自检上报',
  竞品到店: '合作数据：竞品门店到访',
  竞品试驾: '合作数据：竞品试驾登记',
  竞品询价: '合作数据：竞品询价',
  二手车估值: '二手车平台估值',
  合同取消: '服务合同终止',
}

function refund(life: Life, day: DayNumber, rows: DayRows): void {
  rows.orders.push({
    id: newRowId(life, 'D', day),
    customer: life.persona.id,
    at: momentOf(day, life.draws.order, 9.5, 18),
    sort: '退款',
    item: '保养套餐',
    quantity: 1,
    amount: Math.round(between(life.draws.order, 800, 2400)) * 100,
  })
}

function renewWarranty(life: Life, day: DayNumber, rows: DayRows): void {
  record(life, day, rows, '延保续签', '延保两年')
  rows.orders.push({
    id: newRowId(life, 'D', day),
    customer: life.persona.id,
    at: momentOf(day, life.draws.renewal, 9.5, 18),
    sort: '购买',
    item: '延保两年',
    quantity: 1,
    amount: 328_000,
  })
  life.spent += 328_000
  renew(life)
}
