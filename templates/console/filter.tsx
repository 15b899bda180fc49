import { signal } from '@preact/signals'
import type { JSX } from 'preact'
import type { WireTier } from '../../src/chat/console/wire.ts'
import { type Filter, isAll } from './case-filter.ts'
import { CloseIcon } from './icons.tsx'
import { keep, read } from './prefs.ts'
import { channel, filter, me, tally, withMember } from './state.ts'
import { t, type Word } from './words.ts'
import { pickFilter } from './worklist.ts'

const TIERS: readonly { tier: WireTier; word: Word }[] = [
  { tier: 'P0', word: 'tierP0' },
  { tier: 'P1', word: 'tierP1' },
  { tier: 'P2', word: 'tierP2' },
]

/** Above the messages: which cases to see, with how many there are of each. Absent where there are none. */
export function FilterBar(): JSX.Element | null {
  const counts = tally.value
  const now = filter.value
  if (!counts && isAll(now)) return null
  const count = (tier: WireTier) => counts?.[tier][now.unclaimed ? 'unclaimed' : 'working'] ?? 0
  const total = TIERS.reduce((sum, { tier }) => sum + count(tier), 0)
  const pick = (change: Partial<Filter>) => {
    if (change.tier === 'P0') putAway()
    pickFilter(channel.value, { ...now, ...change })
  }
  return (
    <div class="filter-bar">
      <div class="filter-inner">
        <fieldset class="filter-tiers">
          <legend class="visually-hidden">{t('filter')}</legend>
          <button
            type="button"
            class="filter-tier"
            aria-pressed={now.tier === null}
            onClick={() => pick({ tier: null })}
          >
            {now.unclaimed ? t('allTiers') : t('all')}
            {now.unclaimed && <span class="filter-count">{total}</span>}
          </button>
          {TIERS.map(({ tier, word }) => (
            <button
              key={tier}
              type="button"
              class={`filter-tier tier-${tier}`}
              aria-pressed={now.tier === tier}
              aria-label={t('tierCount', { tier, what: t(word), n: count(tier) })}
              title={t(word)}
              // Pressed again, it lets go.
              onClick={() => pick({ tier: now.tier === tier ? null : tier })}
            >
              <b>{tier}</b>
              <span class="filter-name">{t(word)}</span>
              <span class="filter-count">{count(tier)}</span>
            </button>
          ))}
        </fieldset>
        <label class="filter-unclaimed">
          <input
            type="checkbox"
            checked={now.unclaimed}
            onChange={(event) => pick({ unclaimed: event.currentTarget.checked })}
          />
          {t('unclaimedOnly')}
        </label>
      </div>
    </div>
  )
}

const noticed = signal<ReadonlySet<string>>(new Set())
const noticeKey = () => `foreshock.p0.${me.value?.id}.${channel.value}`

/** The notice has done its work: the reader has seen the P0 cases or does not want to be told. */
function putAway(): void {
  keep(noticeKey(), 'seen', 'session')
  noticed.value = withMember(noticed.value, noticeKey(), true)
}

/** The first time in a session that a channel with waiting P0 cases is opened: where they are. */
export function UrgentNotice(): JSX.Element | null {
  const counts = tally.value
  if (!counts || !isAll(filter.value)) return null
  if (noticed.value.has(noticeKey()) || read(noticeKey(), 'session')) return null
  const { P0, P1, P2 } = counts
  // Where every case is a P0, they are all in sight already.
  if (P0.working === 0 || P1.working + P2.working === 0) return null
  const open = () => {
    putAway()
    pickFilter(channel.value, { tier: 'P0', unclaimed: false })
  }
  return (
    <div class="urgent" role="status">
      <div class="urgent-inner">
        <span class="badge">P0</span>
        <span class="urgent-words">
          {P0.working === 1 ? t('urgentOne') : t('urgent', { n: P0.working })}
          {P0.unclaimed > 0 && (
            <small>
              {P0.unclaimed === P0.working ? t('urgentNobody') : t('urgentFree', { n: P0.unclaimed })}
            </small>
          )}
        </span>
        <button type="button" class="button urgent-open" onClick={open}>
          {t('seeP0')}
        </button>
        <button type="button" class="icon-button small" aria-label={t('close')} onClick={putAway}>
          <CloseIcon />
        </button>
      </div>
    </div>
  )
}
