import { ForeshockError } from './errors.ts'
import { nearest, suggestion } from './nearest.ts'
import { clean, clip, text } from './text.ts'

/** Of what is not understood, this much is said back. */
const LONGEST_SAID = 40

/** A command nobody knows, with the one that was probably meant; `words` are what was typed behind it. */
export function unknownCommand(name: string, known: readonly string[], words = ''): ForeshockError {
  const said = clip(clean(name), LONGEST_SAID)
  const meant = meantBy(said, known)
  return new ForeshockError(
    'BAD_INPUT',
    text(`没有“${said}”这个命令。`, `There is no command "${said}".`),
    meant === null
      ? text('输入 help 查看全部命令。', 'Type help to see every command.')
      : suggestion(clip(`${meant} ${words}`.trim(), LONGEST_SAID)),
  )
}

function meantBy(said: string, known: readonly string[]): string | null {
  const line = CALLED.get(said.normalize('NFKC').toLowerCase())
  if (line !== undefined && known.includes(line.split(' ')[0]!)) return line
  return nearest(said, known) ?? withoutBlank(said, known)
}

/** "top20", "claimA-1042". */
function withoutBlank(said: string, known: readonly string[]): string | null {
  const name = known.find((each) => said.toLowerCase().startsWith(each))
  const rest = name === undefined ? '' : said.slice(name.length)
  return /^(?:[acvmste]-)?\d/i.test(rest) ? `${name} ${rest}` : null
}

/** The line to type, and what people call it who have not read the list: its own words in Chinese, others in English. */
const CALLS: Readonly<Record<string, string>> = {
  help: '帮助 命令 怎么用 用法 menu commands ? ？',
  'top 20': '排行 排名 排行榜 风险 风险客户 名单 rank ranking risk risks list',
  mine: '我的 我的单子 我的客户 my cases',
  digest: '今天 今日 待办 日报 today todo daily',
  'digest week': '周报 一周 本周 一周小结 week weekly report',
  sla: '时限 超时 到期 deadline deadlines overdue',
  show: '查看 客户 详情 概况 customer details',
  why: '为什么 原因 依据 reason reasons explain',
  claim: '认领 领取 接单 take',
  contacted: '联系 已联系 联系上 called reached',
  retained: '留住 已留住 挽留 retain keep kept',
  resolve: '结案 关单 关闭 完成 close done finish',
  snooze: '暂缓 稍后 延后 推迟 later postpone',
  dismiss: '无风险 误报 忽略 ignore',
  reassign: '转交 转派 转给 交给 assign transfer',
  undo: '撤销 撤回 取消 revert',
  ask: '询问 催办 remind',
  step: '步骤 计划 plan',
  search: '搜索 查找 搜 找 find',
  heard: '听说 听到 转述 said',
  label: '标签 纠正 correct',
  ideas: '心愿 建议 愿望 wishes suggestions',
  voc: '反馈 客户之声 话题 feedback voices topics',
  play: '话术 做法 常见问题 script scripts faq playbook',
  storms: '舆情 突增 spike spikes',
  survey: '问卷 回访 待访',
  theme: '主题 改进 themes',
  calendar: '日历 节假日 促销 events holidays',
  stats: '统计 团队 团队概况 statistics team',
  roi: '投入产出 回报 效果 return effect',
  review: '复盘 回顾 retrospective',
  table: '表格 导出 下载 export csv excel download',
  config: '设置 配置 setting settings preferences',
  tune: '阈值 调整 threshold thresholds',
  lexicon: '词库 流失词 words dictionary',
  rules: '规则 规则库',
  model: '模型 models',
  train: '训练 learn',
  promote: '启用',
  route: '频道 路由 channels routes',
  role: '权限 角色 成员 people users roles permissions',
  sources: '数据 数据源 来源 data',
  merges: '合并 duplicates',
  split: '拆分 拆开',
  delivery: '送达 发送 outbox',
  audit: '记录 日志 审计 操作记录 history log',
  link: '关联 绑定 account',
}

const CALLED = new Map(
  Object.entries(CALLS).flatMap(([line, calls]) => calls.split(' ').map((call) => [call, line] as const)),
)
