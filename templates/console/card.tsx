import { useComputed } from '@preact/signals'
import { Fragment, type JSX } from 'preact'
import { useState } from 'preact/hooks'
import type { Block, Button, Card } from '../../src/chat/card.ts'
import { BlockView } from './blocks.tsx'
import { ChevronIcon } from './icons.tsx'
import { buttonKey, pressed } from './state.ts'
import { Countdown, useSecondsLeft } from './timed.tsx'
import { t } from './words.ts'

interface Props {
  readonly card: Card
  /** Id of the message or note that shows it. */
  readonly owner: string
  readonly onButton: (index: number) => void
  readonly onRow: (command: string) => void
  /** When it came, milliseconds since the page was opened; null: before this page was opened. */
  readonly since: number | null
  /** Head and buttons first, the rest on request: above a thread. */
  readonly compact?: boolean
}

export function CardView({ card, owner, onButton, onRow, since, compact = false }: Props): JSX.Element {
  const [unfolded, setUnfolded] = useState(!compact)
  const blocks = unfolded ? card.blocks : []
  // One line of a thread ("Li claimed this.") needs no more room than a line.
  const brief = card.blocks.length + card.buttons.length === 0 && card.badge === undefined
  const isPressed = (button: Button) => pressed.value.has(buttonKey(owner, button.command, button.args))
  const busy = useComputed(() => card.buttons.some(isPressed)).value
  return (
    <section
      class={`card accent-${card.accent}${brief ? ' brief' : ''}`}
      aria-label={card.title}
      data-version={card.version}
    >
      <header class="card-head">
        {card.badge !== undefined && <span class="badge">{card.badge}</span>}
        <div class="card-words">
          <h3>{card.title}</h3>
          {card.subtitle !== undefined && <p>{card.subtitle}</p>}
        </div>
      </header>
      {card.mentions !== undefined && card.mentions.length > 0 && (
        <p class="mentions">
          {card.mentions.map(({ name }) => (
            <mark key={name}>@{name}</mark>
          ))}
        </p>
      )}
      {!unfolded && card.blocks.length > 0 && (
        <button type="button" class="unfold" onClick={() => setUnfolded(true)}>
          <ChevronIcon />
          {t('showAll')}
        </button>
      )}
      {inRows(blocks).map((row, index) => {
        // Blocks have no names of their own; their order is their identity.
        const views = row.map((block, at) => (
          <BlockView key={`${at} ${block.kind}`} block={block} owner={owner} onRow={onRow} />
        ))
        const key = `${index} ${row[0]!.kind}`
        return row[0]!.kind === 'chart' ? (
          <div key={key} class="chart-row">
            {views}
          </div>
        ) : (
          <Fragment key={key}>{views}</Fragment>
        )
      })}
      {(card.buttons.length > 0 || card.table !== undefined) && (
        <footer class="card-buttons">
          {card.buttons.map((button, index) => (
            <CardButton
              key={buttonKey(owner, button.command, button.args)}
              button={button}
              owner={owner}
              busy={busy}
              since={since}
              onPress={() => onButton(index)}
            />
          ))}
          {card.table !== undefined && (
            <a class="button plain" href={`/api/table?line=${encodeURIComponent(card.table)}`} download>
              {t('table')}
            </a>
          )}
        </footer>
      )}
    </section>
  )
}

/** Charts that follow each other share a row; every other block has its own. */
function inRows(blocks: readonly Block[]): Block[][] {
  const rows: Block[][] = []
  for (const block of blocks) {
    const last = rows.at(-1)
    if (block.kind === 'chart' && last?.[0]?.kind === 'chart') last.push(block)
    else rows.push([block])
  }
  return rows
}

interface ButtonProps {
  readonly button: Button
  readonly owner: string
  readonly busy: boolean
  readonly since: number | null
  readonly onPress: () => void
}

function CardButton({ button, owner, busy, since, onPress }: ButtonProps): JSX.Element | null {
  const left = useSecondsLeft(button, since)
  // What has run out would only be refused.
  if (left === 0) return null
  const working = busy && pressed.value.has(buttonKey(owner, button.command, button.args))
  return (
    <button
      type="button"
      class={`button ${button.style}${working ? ' working' : ''}`}
      aria-haspopup={button.form ? 'dialog' : undefined}
      aria-busy={working}
      disabled={busy}
      onClick={onPress}
    >
      {working && <span class="spinner" aria-hidden="true" />}
      {button.label}
      {left !== null && <Countdown left={left} />}
    </button>
  )
}
