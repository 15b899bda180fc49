import { stringify } from 'yaml'
import { larkManifest } from '../chat/lark/manifest.ts'
import { slackManifest } from '../chat/slack/manifest.ts'
import { ForeshockError } from '../errors.ts'
import { didYouMean } from '../nearest.ts'
import { type Locale, localeNamed } from '../text.ts'
import type { Terminal } from './terminal.ts'

/** What `foreshock manifest` was asked. */
export interface ManifestWords {
  readonly platform?: string
  /** Where the platform reaches us over HTTPS; absent: it need not. */
  readonly address?: string
  readonly language?: string
}

/** What an app needs on each platform, in the form that platform takes. */
const MANIFESTS: Readonly<
  Record<string, (locale: Locale, address: string | null) => Record<string, unknown>>
> = {
  slack: slackManifest,
  lark: larkManifest,
}

/** `foreshock manifest slack|lark`: the app's description, to be pasted when it is created. */
export function manifestVerb(
  { platform = '', address, language = 'en' }: ManifestWords,
  terminal: Terminal,
): void {
  const manifest = MANIFESTS[platform]
  if (manifest === undefined) {
    const names = Object.keys(MANIFESTS)
    throw new ForeshockError(
      'BAD_INPUT',
      `There is no manifest for "${platform}".`,
      `Use one of ${names.join(', ')}.${didYouMean(platform, names)}`,
    )
  }
  const locale = localeNamed(language)
  if (locale === null) {
    throw new ForeshockError('BAD_INPUT', `"${language}" is not a language.`, 'Use --language zh or en.')
  }
  if (address !== undefined && !/^https:\/\/[^/\s]+/.test(address)) {
    throw new ForeshockError(
      'BAD_INPUT',
      `"${address}" is not an address that a platform can reach.`,
      'Write it as https://foreshock.example.com.',
    )
  }
  const described = manifest(locale, address ?? null)
  terminal.result(described, stringify(described).trimEnd())
}
