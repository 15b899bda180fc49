import type { Template, View } from '../src/chat/card.ts'
import type { Text } from '../src/text.ts'
import { speaker, zh } from './language.ts'
import { shown, withinLimits } from './limits.ts'
import { personName } from './names.ts'
import { type Paging, pageButtons, pageOf } from './pages.ts'
import { moment } from './times.ts'

/** Settings a page can hold and still be a card. */
export const CONFIG_PAGE = 15

export interface SettingLine {
  readonly name: string
  readonly about: Text
  /** As shown: "2 hours", "0.3". */
  readonly value: Text
  readonly standard: Text
}

export interface SettingShown extends SettingLine {
  /** Who changed it last; null: nobody ever did. */
  readonly changed: { readonly by: Text; readonly at: Date } | null
}

export type ConfigCardData =
  | ({ readonly kind: 'list'; readonly settings: readonly SettingLine[]; readonly total: number } & Paging)
  | { readonly kind: 'get'; readonly setting: SettingShown }
  | { readonly kind: 'set'; readonly setting: SettingShown; readonly before: Text }

/** Settings: all of them, one of them, or one that was just changed. */
export const configCard: Template<ConfigCardData> = (data, view) => {
  switch (data.kind) {
    case 'list':
      return list(data, view)
    case 'get':
      return one(data.setting, view)
    case 'set':
      return changed(data.setting, data.before, view)
  }
}

function list(data: Extract<ConfigCardData, { kind: 'list' }>, view: View) {
  const { settings, total } = data
  const t = speaker(view.locale)
  const title = t('设置', 'Settings')
  const count = `${t(`共 ${total} 项`, `${total} in all`)}${pageOf(data, view)}`
  return withinLimits({
    accent: 'neutral',
    title,
    subtitle: count,
    blocks: [
      {
        kind: 'table',
        columns: t('名称|当前值|默认值|说明', 'Name|Value|Default|What it sets').split('|'),
        rows: settings.slice(0, CONFIG_PAGE).map(({ name, value, standard, about }) => ({
          cells: [
            shown(name, 40),
            shown(value[view.locale], 24),
            shown(standard[view.locale], 24),
            shown(about[view.locale], 60),
          ],
          ...(/^[\w.-]{1,60}$/.test(name) ? { command: `config get ${name}` } : {}),
        })),
      },
      {
        kind: 'note',
        text: t('修改：config set 名称 新值', 'To change one: config set NAME VALUE'),
      },
    ],
    buttons: pageButtons(data, 'config', 'list', view),
    fallback: `${title}${t('：', ': ')}${count}`,
  })
}

function one(setting: SettingShown, view: View) {
  const title = shown(setting.name, 60)
  return withinLimits({
    accent: 'neutral',
    title,
    subtitle: shown(setting.about[view.locale], 120),
    blocks: [{ kind: 'fields', fields: fields(setting, view) }],
    buttons: [],
    fallback: `${title} = ${shown(setting.value[view.locale], 60)}`,
  })
}

function changed(setting: SettingShown, before: Text, view: View) {
  const t = speaker(view.locale)
  const name = shown(setting.name, 60)
  const move = `${shown(before[view.locale], 40)} → ${shown(setting.value[view.locale], 40)}`
  const same = shown(before[view.locale], 40) === shown(setting.value[view.locale], 40)
  const title = same
    ? t(zh`${name} 本来就是这个值`, `${name} already has this value`)
    : t(`${name} 已改`, `${name} changed`)
  return withinLimits({
    accent: same ? 'neutral' : 'good',
    title,
    subtitle: move,
    blocks: [{ kind: 'fields', fields: fields(setting, view) }],
    buttons: [],
    fallback: `${title}${t('：', ': ')}${move}`,
  })
}

function fields(setting: SettingShown, view: View) {
  const t = speaker(view.locale)
  const by = setting.changed === null ? null : personName(setting.changed.by, view.locale)
  const when = setting.changed === null ? '' : moment(setting.changed.at, view)
  return [
    { label: t('当前值', 'Value'), value: shown(setting.value[view.locale], 120) },
    { label: t('默认值', 'Default'), value: shown(setting.standard[view.locale], 120) },
    {
      label: t('最近修改', 'Last changed'),
      value: by === null ? t('没改过', 'Never') : t(`${by}，${when}`, `${by}, ${when}`),
    },
  ]
}
