import type { Locale } from '../../src/text.ts'
import { locale } from './prefs.ts'

/** Every word of the page itself, Chinese and English. Cards bring their own. */
const WORDS = {
  actingAs: { zh: '当前身份', en: 'Acting as' },
  all: { zh: '全部消息', en: 'All' },
  allTiers: { zh: '全部等级', en: 'All tiers' },
  advanceDay: { zh: '快进 1 天', en: 'Forward 1 day' },
  advanceHour: { zh: '快进 1 小时', en: 'Forward 1 hour' },
  auto: { zh: '跟随系统', en: 'Match system' },
  back: { zh: '返回', en: 'Back' },
  changedMeanwhile: {
    zh: '填写期间，这条预警有了变化：{what}',
    en: 'This case has changed meanwhile: {what}',
  },
  goneMeanwhile: { zh: '已经不能再做这一步。', en: 'This can no longer be done.' },
  choose: { zh: '请选择', en: 'Choose…' },
  chooseOne: { zh: '请选择一项', en: 'Please choose one' },
  cancel: { zh: '取消', en: 'Cancel' },
  channels: { zh: '频道', en: 'Channels' },
  close: { zh: '关闭', en: 'Close' },
  dark: { zh: '深色', en: 'Dark' },
  day: { zh: '天', en: 'day' },
  demoClock: { zh: '演示时钟', en: 'Demo clock' },
  dismissNote: { zh: '收起这条答复', en: 'Dismiss this answer' },
  edited: { zh: '已更新', en: 'updated' },
  emptyTitle: { zh: '这里还很平静', en: 'All quiet here' },
  emptyAbout: {
    zh: '新的消息一到就会出现在这里。也可以先问一句：',
    en: 'New messages appear here as they arrive. Or ask something:',
  },
  failed: { zh: '没有发出去', en: 'Not sent' },
  filter: { zh: '筛选预警', en: 'Filter the alerts' },
  filteredEmpty: { zh: '这里没有符合条件的预警', en: 'No such cases here' },
  hints: { zh: '可选的补全', en: 'Suggestions' },
  hour: { zh: '小时', en: 'hour' },
  jumpToNew: { zh: '有新消息', en: 'New messages' },
  language: { zh: '语言', en: 'Language' },
  light: { zh: '浅色', en: 'Light' },
  loading: { zh: '正在载入…', en: 'Loading…' },
  lost: { zh: '与服务的连接断开了，正在自动重连…', en: 'Connection lost. Reconnecting…' },
  menu: { zh: '打开频道列表', en: 'Open the channel list' },
  message: { zh: '消息', en: 'Messages' },
  minimum: { zh: '不能小于 {n}', en: 'Must be {n} or more' },
  noReplies: {
    zh: '还没有回复。认领、联系、结案的经过都会记在这里。',
    en: 'No replies yet. What happens to this case is noted here.',
  },
  older: { zh: '载入更早的消息', en: 'Load older messages' },
  onlyYou: { zh: '仅你可见', en: 'Only you can see this' },
  openRow: { zh: '打开 {what}', en: 'Open {what}' },
  optional: { zh: '选填', en: 'optional' },
  pause: { zh: '暂停时钟', en: 'Pause the clock' },
  placeholder: { zh: '输入命令，例如 top 20', en: 'Type a command, e.g. top 20' },
  play: { zh: '让时钟走起来', en: 'Let the clock run' },
  reload: { zh: '重新载入', en: 'Reload' },
  replies: { zh: '{n} 条回复', en: '{n} replies' },
  reply: { zh: '1 条回复', en: '1 reply' },
  replyPlaceholder: { zh: '在话题里输入命令', en: 'Type a command in this thread' },
  required: { zh: '这一项要填', en: 'Please fill this in' },
  retry: { zh: '再发一次', en: 'Send again' },
  roleAdmin: { zh: '管理员', en: 'Admin' },
  roleCsm: { zh: '客户经理', en: 'CSM' },
  roleManager: { zh: '主管', en: 'Manager' },
  roleViewer: { zh: '只读', en: 'Viewer' },
  secondsLeft: { zh: '{n} 秒', en: '{n} s' },
  seeP0: { zh: '查看 P0', en: 'See P0' },
  send: { zh: '发送', en: 'Send' },
  showAllMessages: { zh: '看全部消息', en: 'Show all messages' },
  showAll: { zh: '看全文', en: 'Show all' },
  share: { zh: '占评分的 {n}%', en: '{n}% of the score' },
  signIn: { zh: '登录', en: 'Sign in' },
  signInAbout: {
    zh: '请打开启动时打印的登录链接，或在这里填入口令。',
    en: 'Open the login link printed at start, or enter the token here.',
  },
  signInTitle: { zh: '先登录，再查看客户', en: 'Sign in first' },
  starting: { zh: '正在启动…', en: 'Starting…' },
  startingAbout: {
    zh: '首次启动要读入数据并为每位客户评分，稍候预警就会出现。',
    en: 'The first start reads the data and scores every customer. Alerts appear as they are ready.',
  },
  tierCount: { zh: '{tier} {what}，{n} 个', en: '{tier}, {what}: {n}' },
  tierP0: { zh: '即将流失', en: 'About to leave' },
  tierP1: { zh: '很可能流失', en: 'Likely to leave' },
  tierP2: { zh: '需要留意', en: 'Needs attention' },
  theme: { zh: '外观', en: 'Appearance' },
  thread: { zh: '话题', en: 'Thread' },
  table: { zh: '下载表格', en: 'Spreadsheet' },
  today: { zh: '今天', en: 'Today' },
  token: { zh: '口令', en: 'Token' },
  unclaimedOnly: { zh: '只看待认领', en: 'Unclaimed only' },
  unread: { zh: '{n} 条未读', en: '{n} unread' },
  unreachableAbout: {
    zh: '请确认 Foreshock 仍在运行。连上之后页面会自己恢复。',
    en: 'Check that Foreshock is running. The page recovers by itself once it is back.',
  },
  unreachableTitle: { zh: '连不上 Foreshock', en: 'Foreshock cannot be reached' },
  urgent: { zh: '{n} 位客户即将流失', en: '{n} customers are about to leave' },
  urgentFree: { zh: '{n} 位还没人认领', en: '{n} of them unclaimed' },
  urgentNobody: { zh: '还没人认领', en: 'nobody has claimed them yet' },
  urgentOne: { zh: '1 位客户即将流失', en: '1 customer is about to leave' },
  working: { zh: '处理中…', en: 'Working…' },
} satisfies Record<string, Record<Locale, string>>

export type Word = keyof typeof WORDS

/** The word in the reader's language, with {n} and {what} filled in. */
export function t(word: Word, fill: Record<string, string | number> = {}): string {
  return WORDS[word][locale.value].replace(/\{(\w+)\}/g, (_, name: string) => String(fill[name] ?? ''))
}

const ROLES: Readonly<Record<string, Word>> = {
  admin: 'roleAdmin',
  csm: 'roleCsm',
  manager: 'roleManager',
  viewer: 'roleViewer',
}

export function roleName(role: string): string {
  const word = ROLES[role]
  return word ? t(word) : role
}

/** Shown when no answer came at all; the server's own errors bring their words. */
export const OFFLINE = {
  code: 'OFFLINE',
  what: { zh: '没有连上服务，这一步没有做成。', en: 'The server did not answer, so this was not done.' },
  hint: { zh: '等连接恢复后再试一次。', en: 'Try again once the connection is back.' },
}
