import { stringify } from 'yaml'
import { text } from '../text.ts'
import { BRAND, RIVALS } from './brand.ts'
import { DEMO_TIME_ZONE } from './calendar.ts'
import { STAFF } from './people.ts'
import type { EventType } from './plot.ts'

/** What the event system's words mean. */
const KINDS: Readonly<Record<EventType, string>> = {
  工单创建: 'ticket_opened',
  工单关闭: 'ticket_resolved',
  投诉: 'complaint',
  活动报名: 'campaign_joined',
  内容阅读: 'content_read',
  老带新: 'referral',
  故障报警: 'fault',
  召回通知: 'recall',
  OTA升级: 'upgrade',
  竞品到店: 'competitor_seen',
  竞品试驾: 'competitor_seen',
  竞品询价: 'competitor_seen',
  二手车估值: 'competitor_seen',
  延保续签: 'contract_renewed',
  合同取消: 'cancelled',
}

const CHANNELS = [
  {
    id: 'alerts',
    chat: 'console',
    title: text('客户预警', 'Alerts'),
    about: text('所有预警卡片，谁先认领谁跟进。', 'Every alert card. Whoever claims it first follows it up.'),
    tiers: ['P0', 'P1', 'P2'],
  },
  {
    id: 'retention',
    chat: 'console',
    title: text('挽留小组', 'Retention team'),
    about: text('马上要走的客户，两小时内电话联系。', 'Customers about to leave: phone within two hours.'),
    tiers: ['P0'],
  },
  {
    id: 'general',
    chat: 'console',
    title: text('售后大群', 'After-sales'),
    about: text('查询、讨论和通知。', 'Questions, talk and announcements.'),
    tiers: [],
  },
  {
    id: 'keepers',
    chat: 'console',
    title: text('系统管理', 'Keepers'),
    about: text('模型训练结果和每周检查。', 'How models do, and the weekly check of them.'),
    tiers: [],
    notices: true,
  },
]

/**
 * The text of the demo's foreshock.yaml. `folder`: where writeHistory puts the exports, absolute or relative to
 * the configuration file, e.g. `./exports`.
 */
export function demoConfig(folder: string): string {
  const config = {
    company: { name: BRAND, timeZone: DEMO_TIME_ZONE, currency: 'CNY', locale: 'zh' },
    profile: 'auto',
    competitors: RIVALS.flatMap(({ zh, en }) => [zh, en]),
    database: { folder: './database' },
    people: STAFF,
    channels: CHANNELS,
    sources: sourcesIn(folder.replace(/\/+$/, '')),
  }
  return `# The demo company: made-up data, written by \`foreshock demo\`.\n${stringify(config, { aliasDuplicateObjects: false, lineWidth: 110 })}`
}

function sourcesIn(folder: string): object[] {
  const file = (name: string, record: string, path: string, pattern?: string) => ({
    name,
    type: 'file',
    path: `${folder}/${path}`,
    ...(pattern === undefined ? {} : { pattern }),
    record,
  })
  const customer = { crm: 'customer_id' }
  return [
    { ...file('crm', 'customer', 'customers.csv'), fields: CUSTOMER_FIELDS },
    {
      ...file('workshop-old', 'event', 'workshop-old', '工单-*.csv'),
      fields: {
        ...{ id: '工单号', customer: { crm: '客户编号' }, at: '进店时间', kind: { value: 'visit' } },
        ...{ amount: '金额', duration: '用时', site: '门店' },
      },
    },
    {
      ...file('workshop', 'event', 'visits', 'visits-*.csv'),
      fields: {
        ...{ id: 'visit_id', customer, at: 'arrived_at', kind: { value: 'visit' } },
        ...{ amount: 'amount', duration: 'minutes', site: 'store' },
      },
    },
    {
      ...file('app', 'event', 'app', 'logins-*.csv.gz'),
      fields: { id: 'login_id', customer, at: 'logged_in_at', kind: { value: 'login' } },
    },
    {
      ...file('shop', 'event', 'orders', 'orders-*.csv'),
      fields: {
        id: 'order_no',
        customer,
        at: 'ordered_at',
        kind: 'type',
        amount: 'amount',
        quantity: 'quantity',
      },
      kinds: { 购买: 'order', 退款: 'refund' },
    },
    {
      ...file('events', 'event', 'events', 'events-*.csv'),
      fields: { id: 'event_id', customer, at: 'occurred_at', kind: 'type', site: 'store' },
      kinds: KINDS,
    },
    {
      ...file('feedback', 'feedback', 'feedback', 'feedback-*.ndjson'),
      fields: {
        ...{ id: 'id', customer, at: 'created_at', channel: 'channel', text: 'text', language: 'lang' },
        ...{
          rating: { column: 'score.rating', scale: 10 },
          nps: 'score.nps',
          site: 'store',
          product: 'model',
        },
      },
    },
  ]
}

const CUSTOMER_FIELDS = {
  id: 'customer_id',
  keys: { crm: 'customer_id', phone: 'phone' },
  name: 'name',
  valueTier: 'value_tier',
  ltv: 'ltv',
  owner: 'owner',
  region: 'region',
  site: 'store',
  product: 'model',
  firstPurchase: 'first_purchase',
  language: 'language',
  contactConsent: 'contact_consent',
  phone: 'phone',
  attributes: {
    warranty_end: { column: 'warranty_end', type: 'day' },
    warranty_renewed: { column: 'warranty_renewed', type: 'flag' },
    distance_km: { column: 'distance_km', type: 'number' },
    mileage: { column: 'mileage', type: 'number' },
    usage: { column: 'usage', type: 'text' },
  },
}
