import type { JSX } from 'preact'
import type { Block } from '../../src/chat/card.ts'
import { ChartView } from './chart.tsx'
import { buttonKey, pressed, readLine } from './state.ts'
import { t } from './words.ts'

type Kind<K extends Block['kind']> = Extract<Block, { kind: K }>

interface Props {
  readonly block: Block
  /** Id of the message or note that shows it. */
  readonly owner: string
  readonly onRow: (command: string) => void
}

/** One block of a card. Everything that comes from data is a text node. */
export function BlockView({ block, owner, onRow }: Props): JSX.Element {
  switch (block.kind) {
    case 'text':
      return <p class="block-text">{block.text}</p>
    case 'note':
      return <p class="block-note">{block.text}</p>
    case 'quote':
      return (
        <figure class="block-quote">
          <blockquote>
            {block.pieces?.map(({ words, marked }, index) =>
              marked ? <mark key={index}>{words}</mark> : words,
            ) ?? block.text}
          </blockquote>
          <figcaption>{block.by}</figcaption>
        </figure>
      )
    case 'fields':
      return (
        <dl class="block-fields">
          {block.fields.map(({ label, value, dial }, index) => (
            <div key={index} class={isShort(value, 16) ? '' : isShort(value, 30) ? 'medium' : 'long'}>
              <dt>{label}</dt>
              <dd>{dial === undefined ? value : <a href={`tel:${dial}`}>{value}</a>}</dd>
            </div>
          ))}
        </dl>
      )
    case 'steps':
      return (
        <div class="block-steps">
          <h4>{block.title}</h4>
          <ol>
            {block.steps.map((step, index) => (
              <li key={index}>{step}</li>
            ))}
          </ol>
        </div>
      )
    case 'chart':
      return <ChartView chart={block} />
    case 'factors':
      return <Factors block={block} />
    case 'table':
      return <Table block={block} owner={owner} onRow={onRow} />
  }
}

function Factors({ block }: { block: Kind<'factors'> }): JSX.Element {
  // Bars are drawn against the largest share, so that the order can be seen even when all are small.
  const largest = Math.max(0.01, ...block.factors.map(({ share }) => share ?? 0))
  return (
    <div class="block-factors">
      <h4>{block.title}</h4>
      <ul>
        {block.factors.map(({ label, numbers, share, lowers, note }, index) => (
          <li key={index} class="factor">
            <span class="factor-label">{label}</span>
            <span class="factor-words">
              <span class="factor-numbers">{numbers}</span>
              {note !== undefined && <span class="factor-note">{note}</span>}
            </span>
            {share !== null && (
              <span
                class={lowers === true ? 'factor-bar lowers' : 'factor-bar'}
                role="img"
                aria-label={t('share', { n: Math.round(share * 100) })}
                title={t('share', { n: Math.round(share * 100) })}
              >
                <i style={{ width: `${Math.round((share / largest) * 100)}%` }} />
              </span>
            )}
          </li>
        ))}
      </ul>
    </div>
  )
}

function Table({ block, owner, onRow }: Props & { block: Kind<'table'> }): JSX.Element {
  return (
    // Scrolls by itself on a narrow screen, so it must be reachable by keyboard.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region needs focus to be scrolled by keys
    <div class="block-table" tabIndex={0}>
      <table class={block.columns.length === 2 ? 'pairs' : ''}>
        <thead>
          <tr>
            {block.columns.map((column, index) => (
              <th key={index} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {block.rows.map((row, index) => (
            <tr key={index} class={row.tier ? `tier-${row.tier}` : ''}>
              {row.cells.map((cell, column) => (
                <td
                  key={column}
                  class={isShort(cell, 20) ? 'short' : ''}
                  data-label={block.columns[column] ?? ''}
                >
                  {column === 0 && row.command !== undefined ? (
                    <button
                      type="button"
                      class="row-link"
                      aria-busy={isOpening(owner, row.command)}
                      aria-label={t('openRow', { what: row.cells.join(' · ') })}
                      onClick={() => onRow(row.command!)}
                    >
                      {cell}
                    </button>
                  ) : (
                    cell
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** Few enough characters to stand on one line; a Chinese one takes two places. */
function isShort(words: string, limit: number): boolean {
  const places = [...words].reduce((sum, letter) => sum + (/[\u2e80-\uffef]/.test(letter) ? 2 : 1), 0)
  return places <= limit
}

function isOpening(owner: string, line: string): boolean {
  const { command, args } = readLine(line)
  return pressed.value.has(buttonKey(owner, command, args))
}
