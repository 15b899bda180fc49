import { SIGNAL_TERMS, type SignalTerms } from '../signals/terms.ts'
import { text } from '../text.ts'
import { numberSetting as number, type SettingDefinition } from './setting.ts'

const { silence, emotion } = SIGNAL_TERMS

/** What a silence and a break of mood are. */
export const SIGNAL_SETTINGS: readonly SettingDefinition[] = [
  number(
    'silence.days',
    'days',
    silence.days,
    30,
    180,
    text('多少天一句话没说算沉默', 'Days without a word that are a silence'),
  ),
  number(
    'silence.least',
    'voices',
    silence.least,
    3,
    60,
    text(
      '此前同样多天里至少说过几次话才算有习惯',
      'Words in as many days before that make a habit of speaking',
    ),
  ),
  number(
    'silence.logins',
    'share',
    silence.logins,
    0.2,
    1,
    text('登录减少多少才印证沉默', 'Fall of the logins that confirms a silence'),
  ),
  number(
    'emotion.sigmas',
    'points',
    emotion.sigmas,
    1,
    6,
    text('情绪偏离平时几个标准差才算转折', 'Standard deviations from the usual mood that are a break'),
  ),
  number(
    'emotion.fall',
    'points',
    emotion.fall,
    0.1,
    1.5,
    text('情绪至少下降多少才算转折（情绪从 -1 到 1）', 'Least fall of a break, on moods from -1 to 1'),
  ),
  number(
    'emotion.fan-nps',
    'points',
    emotion.fan.nps,
    6,
    10,
    text('NPS 打几分起算忠实客户', 'NPS from which a customer is a fan'),
  ),
  number(
    'emotion.fan-positive',
    'share',
    emotion.fan.positive,
    0.5,
    1,
    text('正面反馈占多少起算忠实客户', 'Share of positive voices from which a customer is a fan'),
  ),
]

/** A mood that is strongly broken lies as much further from the usual as it does at first. */
export function signalTermsOf(figure: (name: string) => number): SignalTerms {
  const sigmas = figure('emotion.sigmas')
  return {
    silence: {
      ...silence,
      days: figure('silence.days'),
      least: figure('silence.least'),
      logins: figure('silence.logins'),
    },
    emotion: {
      ...emotion,
      sigmas,
      fall: figure('emotion.fall'),
      strong: { ...emotion.strong, sigmas: Math.max(sigmas, emotion.strong.sigmas) },
      fan: { nps: figure('emotion.fan-nps'), positive: figure('emotion.fan-positive') },
    },
  }
}
