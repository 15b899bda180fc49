/** The part of Slack's Block Kit we draw with. No `mrkdwn` among it: words of ours are never read as markup. */

export interface Plain {
  readonly type: 'plain_text'
  readonly text: string
  readonly emoji: true
}

export interface RichWords {
  readonly type: 'text'
  readonly text: string
  readonly style?: { readonly bold: true }
}

/** A user who is told. Made of ids of our own records only. */
export interface RichUser {
  readonly type: 'user'
  readonly user_id: string
}

/** An instant, which Slack shows in each reader's own zone and language. */
export interface RichDate {
  readonly type: 'date'
  /** Seconds since the epoch. */
  readonly timestamp: number
  readonly format: string
  readonly fallback: string
}

export interface RichLine {
  readonly type: 'rich_text_section'
  readonly elements: readonly (RichWords | RichUser | RichDate)[]
}

export type RichPart =
  | RichLine
  | { readonly type: 'rich_text_quote'; readonly elements: readonly RichWords[] }
  | {
      readonly type: 'rich_text_list'
      readonly style: 'ordered' | 'bullet'
      readonly elements: readonly RichLine[]
    }

export interface Option {
  readonly text: Plain
  readonly value: string
}

export type Pressable =
  | {
      readonly type: 'button'
      readonly action_id: string
      readonly text: Plain
      readonly value: string
      readonly style?: 'primary' | 'danger'
    }
  | { readonly type: 'overflow'; readonly action_id: string; readonly options: readonly Option[] }
  | {
      readonly type: 'static_select'
      readonly action_id: string
      readonly placeholder: Plain
      readonly options: readonly Option[]
    }

export type SlackBlock =
  | { readonly type: 'header'; readonly text: Plain }
  | { readonly type: 'section'; readonly text: Plain }
  | { readonly type: 'context'; readonly elements: readonly Plain[] }
  | { readonly type: 'rich_text'; readonly elements: readonly RichPart[] }
  | { readonly type: 'actions'; readonly elements: readonly Pressable[] }
  | { readonly type: 'image'; readonly slack_file: { readonly id: string }; readonly alt_text: string }
  | { readonly type: 'divider' }

/** What Slack takes, checked against its documents (LIMITS). Characters are UTF-16 units, the strictest reading. */
export const LIMITS = {
  blocks: 50,
  homeBlocks: 100,
  header: 150,
  section: 3_000,
  context: 2_000,
  rich: 2_000,
  button: 75,
  buttonValue: 2_000,
  option: 75,
  optionValue: 150,
  options: 100,
  overflow: 5,
  actions: 25,
  /** Of all blocks as JSON: Slack refuses a message at about 13,200 and counts more than its words. */
  message: 12_000,
  alt: 600,
  text: 3_000,
  modalTitle: 24,
  label: 2_000,
  placeholder: 150,
  metadata: 3_000,
  view: 250 * 1024,
} as const
