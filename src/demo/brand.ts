import type { Text } from '../text.ts'
import { text } from '../text.ts'

/** The demo's made-up car brand: nothing here is a real company, product or person. */

export const BRAND: Text = text('远山汽车', 'Yuanshan Motors')

/** Made-up competitors, as customers call them. */
export const RIVALS: readonly Text[] = [text('星澜', 'Xinglan'), text('澄野', 'Chengye')]

export interface Store {
  readonly name: string
  readonly english: string
  readonly region: string
  readonly owner: string
  /** Share of customers whose home store it is. */
  readonly share: number
}

export const STORES: readonly Store[] = [
  { name: '上海虹桥店', english: 'the Hongqiao store', region: '华东', owner: 'lin', share: 0.24 },
  { name: '杭州城西店', english: 'the Hangzhou store', region: '华东', owner: 'grace', share: 0.2 },
  { name: '广州天河店', english: 'the Guangzhou store', region: '华南', owner: 'zhou', share: 0.15 },
  { name: '深圳南山店', english: 'the Nanshan store', region: '华南', owner: 'zhou', share: 0.13 },
  { name: '北京朝阳店', english: 'the Chaoyang store', region: '华北', owner: 'han', share: 0.16 },
  { name: '天津河西店', english: 'the Tianjin store', region: '华北', owner: 'han', share: 0.12 },
]

export interface CarModel {
  readonly name: string
  readonly english: string
  readonly share: number
  readonly electric: boolean
  /** Service bills against the brand's average. */
  readonly cost: number
  readonly warrantyYears: number
}

export const MODELS: readonly CarModel[] = [
  { name: '云岚', english: 'Yunlan', share: 0.34, electric: false, cost: 0.9, warrantyYears: 3 },
  { name: '松涛', english: 'Songtao', share: 0.3, electric: false, cost: 1.15, warrantyYears: 3 },
  { name: '青禾', english: 'Qinghe', share: 0.24, electric: true, cost: 0.75, warrantyYears: 3 },
  { name: '长亭', english: 'Changting', share: 0.12, electric: false, cost: 1.35, warrantyYears: 2 },
]

export interface Service {
  readonly name: string
  /** How often it is the reason of a visit. */
  readonly weight: number
  /** Usual bill in fen, and time in minutes. */
  readonly price: number
  readonly minutes: number
}

export const SERVICES: readonly Service[] = [
  { name: '保养', weight: 0.42, price: 52_000, minutes: 95 },
  { name: '洗车美容', weight: 0.24, price: 16_800, minutes: 45 },
  { name: '检测', weight: 0.12, price: 15_000, minutes: 40 },
  { name: '维修', weight: 0.12, price: 86_000, minutes: 190 },
  { name: '轮胎四轮定位', weight: 0.06, price: 62_000, minutes: 80 },
  { name: '钣金喷漆', weight: 0.04, price: 128_000, minutes: 420 },
]

export interface Goods {
  readonly name: string
  readonly weight: number
  readonly price: number
  /** Bought by people who do the work themselves or elsewhere. */
  readonly part: boolean
}

export const GOODS: readonly Goods[] = [
  { name: '保养套餐', weight: 0.24, price: 269_900, part: false },
  { name: '脚垫后备箱垫', weight: 0.16, price: 46_800, part: false },
  { name: '行车记录仪', weight: 0.08, price: 69_900, part: false },
  { name: '儿童安全座椅', weight: 0.05, price: 168_000, part: false },
  { name: '玻璃水', weight: 0.17, price: 5_800, part: true },
  { name: '空调滤芯', weight: 0.12, price: 11_900, part: true },
  { name: '雨刮片', weight: 0.1, price: 15_600, part: true },
  { name: '机油四升装', weight: 0.08, price: 38_800, part: true },
]

/** Advisors at the counter, by the name customers use. */
export const ADVISORS: readonly Text[] = [
  text('小刘', 'Liu'),
  text('小何', 'He'),
  text('陈顾问', 'Chen'),
  text('小孟', 'Meng'),
  text('唐师傅', 'Tang'),
  text('吴经理', 'Wu'),
]

/** Parts that give trouble; electric cars have their own. */
export const PARTS: readonly Text[] = [
  text('刹车片', 'brake pads'),
  text('变速箱', 'gearbox'),
  text('空调压缩机', 'air-con compressor'),
  text('减震器', 'shock absorber'),
  text('中控屏', 'centre screen'),
]
export const ELECTRIC_PARTS: readonly Text[] = [
  text('充电口', 'charge port'),
  text('车机', 'head unit'),
  text('中控屏', 'centre screen'),
  text('电池冷却系统', 'battery cooling'),
  text('热泵空调', 'heat pump'),
]
