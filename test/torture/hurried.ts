import type { OpenPlatform } from '../../src/main/platforms.ts'

/** A platform's adapter that keeps to its limits, each so many times as wide. */
export function hurried(open: OpenPlatform, faster: number): OpenPlatform {
  return (parts) => {
    const platform = open(parts)
    const limits = (platform.chat.limits ?? []).map((limit) => ({ ...limit, count: limit.count * faster }))
    return { ...platform, chat: { ...platform.chat, limits } }
  }
}
