import type { Sidecar } from './sidecar.ts'

const ALGORITHMS: Readonly<Record<Sidecar['algorithm'], { zh: string; en: string }>> = {
  gbdt: { zh: '梯度提升树', en: 'gradient-boosted trees' },
  forest: { zh: '随机森林', en: 'a random forest' },
  logistic: { zh: '逻辑回归', en: 'logistic regression' },
  foreign: { zh: '外部训练的模型', en: 'a model made elsewhere' },
}

/** The model card, in Markdown: what a model is for, what it learned from, how good it is and where it must not be used. */
export function modelCard(sidecar: Sidecar): string {
  const sections = [
    `# ${sidecar.name}`,
    summary(sidecar),
    `## What it foresees\n\n${foresees(sidecar)}`,
    `## What it learned from\n\n${learned(sidecar)}`,
    `## How good it is\n\n${table(['metric', 'value'], rowsOf(sidecar.metrics))}`,
    `## Where customers fall\n\n${table(['band', 'probability from'], rowsOf(sidecar.thresholds))}`,
    `## What it reads\n\n${sidecar.features.map((name) => `\`${name}\``).join(', ')}`,
    `## Limits\n\n${LIMITS}`,
    `## Where it comes from\n\n${table(['fact', 'value'], origin(sidecar))}`,
  ]
  return `${sections.join('\n\n')}\n`
}

function summary(sidecar: Sidecar): string {
  const { profile, label, asOf, metrics } = sidecar
  const algorithm = ALGORITHMS[sidecar.algorithm]
  const auc = metrics['auc']
  const judged = {
    zh: auc === undefined ? '' : `，测试集 AUC ${figure(auc)}`,
    en: auc === undefined ? '' : ` Its AUC on later slices is ${figure(auc)}.`,
  }
  const zh = `> ${algorithm.zh}，用于“${profile.name}”行业配置第 ${profile.version} 版，预测客户在未来 ${label.horizonDays} 天内流失的概率；用 ${asOf.learned.length} 个时间切片训练${judged.zh}。概率用于排序和分级，不用于自动拒绝服务或差别定价。`
  const en = `> ${capital(algorithm.en)} for the profile "${profile.name}", version ${profile.version}: the probability that a customer leaves within ${label.horizonDays} days, learned from ${count(asOf.learned.length, 'time slice')}.${judged.en}`
  return `${zh}\n>\n${en}`
}

function foresees({ label }: Sidecar): string {
  const kinds = label.kinds.map((kind) => `\`${kind}\``).join(', ')
  const said = label.cancelled === null ? '' : `, or said so outright (\`${label.cancelled}\`)`
  const gap = label.gapDays > 0 ? ` The first ${count(label.gapDays, 'day')} after it are left out.` : ''
  return `A customer has left when there was none of ${kinds} for ${count(label.inactiveDays, 'day')}${said}. The label looks ${count(label.horizonDays, 'day')} ahead of the as-of date.${gap} Customers who had already left by then are not among the rows.`
}

function learned({ rows, asOf }: Sidecar): string {
  const days = (all: readonly string[]): string => all.map((day) => day.slice(0, 10)).join(', ')
  const share = rows.learned > 0 ? ` (${((100 * rows.left) / rows.learned).toFixed(1)}%)` : ''
  const tested = asOf.tested.length > 0 ? `\n- Tested as of: ${days(asOf.tested)}` : ''
  const { dismissed } = rows
  const judged =
    dismissed === undefined
      ? ''
      : `\n- ${count(dismissed.rows, 'of these is a case', 'of these are cases')} dismissed as no risk, with what became of the customer: ${dismissed.left} left all the same`
  return `- ${count(rows.learned, 'row')}, ${rows.left} of which left${share}${judged}\n- Learned as of: ${days(asOf.learned)}${tested}`
}

const LIMITS = [
  '- It ranks the customers of this company; its probabilities hold while customers are as they were when it learned. The drift job watches that.',
  '- It says what goes together with leaving, not what causes it.',
  '- It is no ground for refusing service or for charging a customer more.',
  '- A customer with too little history is unscored, which does not mean safe.',
].join('\n')

function origin({ algorithm, calibration, seed, dataHash, sha256, createdAt, madeBy }: Sidecar): string[][] {
  return [
    ['algorithm', ALGORITHMS[algorithm].en],
    ['calibration', calibration?.kind ?? 'none'],
    ['seed', String(seed)],
    ['data', dataHash],
    ['file (SHA-256)', sha256],
    ['made', `${createdAt} by Foreshock ${madeBy}`],
  ]
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return 'Not stated.'
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

function rowsOf(values: Readonly<Record<string, number>>): string[][] {
  return Object.entries(values).map(([name, value]) => [name, figure(value)])
}

function figure(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(3)
}

function count(number: number, word: string, several = `${word}s`): string {
  return `${number} ${number === 1 ? word : several}`
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1)
}
