import type { Service } from './brand.ts'
import { GOODS, SERVICES } from './brand.ts'
import type { DayNumber } from './calendar.ts'
import { isWeekend, openDay } from './calendar.ts'
import type { HabitName } from './course.ts'
import { pace } from './course.ts'
import type { Life } from './life.ts'
import { gapOf, momentOf, newRowId } from './life.ts'
import { surveyAfter } from './mood.ts'
import type { Beat, EventType } from './plot.ts'
import { between, chance, pick, pickWeighted, whole } from './random.ts'
import type { DayRows } from './rows.ts'
import { saySomething } from './speech.ts'

/** Lets every habit that is due on a day happen, and sets when it is due next. */
export function followHabits(life: Life, day: DayNumber, rows: DayRows): void {
  for (const habit of Object.keys(ACTS) as HabitName[]) {
    while (life.due[habit] < day + 1) {
      const left = pace(life.course, habit, day)
      if (left === 0) {
        life.due[habit] = Number.POSITIVE_INFINITY
        break
      }
      ACTS[habit](life, day, rows)
      life.due[habit] = Math.max(day, life.due[habit]) + gapOf(life, habit) / left
      if (habit === 'visit') life.due.visit = convenient(life, life.due.visit)
    }
  }
}

/** Stores are open nearly every day, but most people who can come on a Saturday do. */
function convenient(life: Life, due: number): number {
  let day = afterAway(life, Math.floor(due))
  const waits = chance(life.draws.visit, 0.45)
  while (waits && !isWeekend(day)) day += 1
  return openDay(day)
}

/** The first day, from this one on, on which the customer is in town. */
function afterAway({ persona: { away } }: Life, day: number): number {
  if (away === null || !Number.isFinite(day)) return day
  const into = (((day - away.from) % 365) + 365) % 365
  return into < away.days ? day + away.days - into : day
}

const ACTS: Readonly<Record<HabitName, (life: Life, day: DayNumber, rows: DayRows) => void>> = {
  visit,
  login,
  order,
  join: (life, day, rows) => record(life, day, rows, '活动报名', pick(life.draws.join, CAMPAIGNS)),
  read: (life, day, rows) => record(life, day, rows, '内容阅读', pick(life.draws.read, ARTICLES)),
  refer: (life, day, rows) => record(life, day, rows, '老带新', '推荐亲友到店'),
  ask,
  fault,
  update: (life, day, rows) =>
    record(life, day, rows, 'OTA升级', `系统版本 ${1 + Math.floor(day / 240)}.${day % 5}`),
}

const CAMPAIGNS = ['春季免费检测', '亲子自驾日', '暑期空调清洗', '国庆出行检查', '车主课堂', '冬季换胎节']
const ARTICLES = [
  '雨季用车提醒',
  '如何看懂保养单',
  '电池冬季续航',
  '年检流程',
  '自驾路线推荐',
  '轮胎磨损自查',
]

/** Writes one row of the events system. */
export function record(life: Life, day: DayNumber, rows: DayRows, type: EventType, detail: string): void {
  rows.events.push({
    id: newRowId(life, 'E', day),
    customer: life.persona.id,
    at: momentOf(day, life.draws.plot, 8.5, 21),
    type,
    detail,
    store: life.persona.store.name,
  })
}

function visit(life: Life, day: DayNumber, rows: DayRows): void {
  const draw = life.draws.visit
  const { persona } = life
  const service = serviceOf(life)
  const bill = service.price * persona.model.cost * persona.spend ** 0.35 * between(draw, 0.75, 1.3)
  const amount = Math.round(bill / 100) * 100
  life.spent += amount
  rows.visits.push({
    id: newRowId(life, 'V', day),
    customer: persona.id,
    at: momentOf(day, draw, 8.5, 17.2),
    service: service.name,
    store: persona.store.name,
    amount,
    minutes: Math.round(service.minutes * between(draw, 0.7, 1.6)),
    mileage: mileageOf(life, day),
  })
  const survey = surveyAfter(life, day)
  if (survey !== null) addBeat(life, survey)
}

// People who come twice a year come for maintenance; those who come monthly mostly for a wash.
function serviceOf(life: Life): Service {
  const rare = life.persona.visitGap > 90
  return pickWeighted(
    life.draws.visit,
    SERVICES.map((one) => [one, one.name === '保养' && rare ? one.weight * 3.5 : one.weight] as const),
  )
}

const HOURS: readonly (readonly [number, number])[] = [
  [6.2, 0.05],
  [8, 0.16],
  [12, 0.2],
  [17.5, 0.17],
  [20, 0.27],
  [22, 0.13],
  [0.2, 0.02],
]

function login(life: Life, day: DayNumber, rows: DayRows): void {
  const draw = life.draws.login
  const hour = pickWeighted(draw, HOURS)
  rows.logins.push({
    id: newRowId(life, 'L', day),
    customer: life.persona.id,
    at: momentOf(day, draw, hour, hour + 1.6),
    device: life.persona.device,
  })
}

function order(life: Life, day: DayNumber, rows: DayRows): void {
  const draw = life.draws.order
  const parts = life.course?.leaving === 'warranty' && day >= life.course.turn
  const goods = pickWeighted(
    draw,
    GOODS.filter((one) => !parts || one.part).map((one) => [one, one.weight] as const),
  )
  const quantity = goods.part ? whole(draw, 1, 2) : 1
  life.spent += goods.price * quantity
  rows.orders.push({
    id: newRowId(life, 'D', day),
    customer: life.persona.id,
    at: momentOf(day, draw, 9, 22.5),
    sort: '购买',
    item: goods.name,
    quantity,
    amount: goods.price * quantity,
  })
}

function ask(life: Life, day: DayNumber, rows: DayRows): void {
  const mood = pick(life.draws.ask, ['how-to', 'how-to', 'goodbye', 'negation'] as const)
  saySomething(life, day, { mood, channel: 'chat', rating: null, nps: null }, rows)
}

/** Cars break sometimes: a warning, a ticket, and usually it is put right. */
function fault(life: Life, day: DayNumber, rows: DayRows): void {
  record(
    life,
    day,
    rows,
    '故障报警',
    pick(life.draws.fault, ['胎压异常', '电瓶电压低', '发动机故障灯', '冷却液不足']),
  )
  record(life, day, rows, '工单创建', '故障报修')
  addBeat(life, { day: day + whole(life.draws.fault, 1, 4), act: 'event', type: '工单关闭' })
}

export function mileageOf(life: Life, day: DayNumber): number {
  return Math.max(20, Math.round((day - life.persona.joined) * life.persona.kmPerDay))
}

export function addBeat(life: Life, beat: Beat): void {
  const place = life.beats.findIndex((other) => other.day > beat.day)
  life.beats.splice(place === -1 ? life.beats.length : place, 0, beat)
}
