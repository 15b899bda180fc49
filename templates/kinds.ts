import { same, type Text, text } from '../src/text.ts'

const CHANNEL: ReadonlyMap<string, Text> = new Map(
  Object.entries({
    ticket: text('工单', 'ticket'),
    chat: text('在线客服', 'chat'),
    survey: text('问卷', 'survey'),
    review: text('评价', 'review'),
    social: text('社交媒体', 'social media'),
    call: text('通话', 'call'),
    heard: text('同事转述', 'overheard'),
  }),
)

const KIND: ReadonlyMap<string, Text> = new Map(
  Object.entries({
    voice: text('反馈与情绪', 'feedback and mood'),
    visit: text('到店', 'visits'),
    order: text('订单', 'orders'),
    payment: text('付款', 'payments'),
    refund: text('退款', 'refunds'),
    login: text('登录', 'logins'),
    feature_use: text('功能使用', 'feature use'),
    ticket_opened: text('工单', 'tickets'),
    ticket_resolved: text('工单解决', 'tickets resolved'),
    complaint: text('投诉', 'complaints'),
    campaign_joined: text('活动参与', 'campaigns joined'),
    content_read: text('内容阅读', 'content read'),
    referral: text('推荐', 'referrals'),
    fault: text('故障', 'faults'),
    recall: text('召回', 'recalls'),
    upgrade: text('升级', 'upgrades'),
    competitor_seen: text('竞品接触', 'competitor contact'),
    contract_renewed: text('续约', 'renewals'),
    cancelled: text('解约', 'cancellation'),
  }),
)

/** The channel a voice came through; a channel we have no word for keeps its own name. */
export function channelWords(channel: string): Text {
  return CHANNEL.get(channel) ?? same(channel)
}

/** What a reading rests on (`voice:<id>` or an event kind); a kind of the profile's own keeps its name. */
export function basisWords(basis: string): Text {
  return KIND.get(basis.startsWith('voice') ? 'voice' : basis) ?? same(basis.replaceAll('_', ' '))
}
