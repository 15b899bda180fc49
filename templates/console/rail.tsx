import type { JSX } from 'preact'
import type { WireChannel } from '../../src/chat/console/wire.ts'
import { actAs } from './actions.ts'
import { Avatar } from './avatar.tsx'
import { AutoIcon, ChevronIcon, CloseIcon, Mark, MoonIcon, SunIcon } from './icons.tsx'
import { locale, pickLocale, pickTheme, type Theme, theme } from './prefs.ts'
import { channel, me, railOpen, session, unread } from './state.ts'
import { goTo } from './sync.ts'
import { roleName, t, type Word } from './words.ts'

export function Rail(): JSX.Element {
  const company = session.value?.company[locale.value]
  return (
    <aside class="rail" id="rail">
      <div class="rail-head">
        <Mark />
        <div class="rail-name">
          <strong>Foreshock 前震</strong>
          <span>{company}</span>
        </div>
        <button
          type="button"
          class="icon-button rail-close narrow-only"
          aria-label={t('close')}
          onClick={() => (railOpen.value = false)}
        >
          <CloseIcon />
        </button>
      </div>
      <nav aria-label={t('channels')}>
        <h2 class="rail-title">{t('channels')}</h2>
        <ul>
          {session.value?.channels.map((each) => (
            <li key={each.id}>
              <ChannelLink channel={each} />
            </li>
          ))}
        </ul>
      </nav>
      <div class="rail-foot">
        <PersonSwitch />
        <div class="switches">
          <LanguageSwitch />
          <ThemeSwitch />
        </div>
      </div>
    </aside>
  )
}

function ChannelLink({ channel: { id, title, about } }: { channel: WireChannel }): JSX.Element {
  const { count, more } = unread.value.get(id) ?? { count: 0, more: false }
  const current = channel.value === id
  return (
    <a
      href={`#/${encodeURIComponent(id)}`}
      class={`channel-link${count > 0 ? ' has-unread' : ''}`}
      title={about[locale.value]}
      aria-current={current ? 'page' : undefined}
      onClick={(event) => {
        event.preventDefault()
        railOpen.value = false
        goTo(id, null)
      }}
    >
      <span class="channel-sign" aria-hidden="true">
        #
      </span>
      <span class="channel-title">{title[locale.value]}</span>
      {count > 0 && (
        <span class="count">
          <span aria-hidden="true">{count > 99 ? '99+' : `${count}${more ? '+' : ''}`}</span>
          <span class="visually-hidden">{t('unread', { n: count })}</span>
        </span>
      )}
    </a>
  )
}

/** A native select laid over our own face: the platform's list, keys and screen reader support for free. */
function PersonSwitch(): JSX.Element {
  const person = me.value
  return (
    <label class="person-switch">
      <Avatar author={person?.id ?? ''} />
      <span class="person-words">
        <small>{t('actingAs')}</small>
        <strong>{person?.name[locale.value]}</strong>
        <small>{person && roleName(person.role)}</small>
      </span>
      <ChevronIcon />
      <select
        aria-label={t('actingAs')}
        value={person?.id}
        onChange={(event) => void actAs(event.currentTarget.value)}
      >
        {session.value?.people.map(({ id, name, role }) => (
          <option key={id} value={id}>
            {`${name[locale.value]} · ${roleName(role)}`}
          </option>
        ))}
      </select>
    </label>
  )
}

function LanguageSwitch(): JSX.Element {
  return (
    <fieldset class="segments">
      <legend class="visually-hidden">{t('language')}</legend>
      <button
        type="button"
        lang="zh"
        aria-label="中文"
        aria-pressed={locale.value === 'zh'}
        onClick={() => pickLocale('zh')}
      >
        中
      </button>
      <button
        type="button"
        lang="en"
        aria-label="English"
        aria-pressed={locale.value === 'en'}
        onClick={() => pickLocale('en')}
      >
        EN
      </button>
    </fieldset>
  )
}

const THEMES: readonly { value: Theme; word: Word; Icon: () => JSX.Element }[] = [
  { value: 'light', word: 'light', Icon: SunIcon },
  { value: 'dark', word: 'dark', Icon: MoonIcon },
  { value: 'auto', word: 'auto', Icon: AutoIcon },
]

function ThemeSwitch(): JSX.Element {
  return (
    <fieldset class="segments">
      <legend class="visually-hidden">{t('theme')}</legend>
      {THEMES.map(({ value, word, Icon }) => (
        <button
          key={value}
          type="button"
          aria-label={t(word)}
          title={t(word)}
          aria-pressed={theme.value === value}
          onClick={() => pickTheme(value)}
        >
          <Icon />
        </button>
      ))}
    </fieldset>
  )
}
