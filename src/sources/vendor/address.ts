import { z } from 'zod'

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/

/** Root of a vendor's API, without a slash at its end. A token goes over the network in clear to nobody but this machine. */
export const address = z
  .string()
  .refine(isRoot, 'is not the root of an API; write https://HOST and nothing behind it')
  .transform((written) => new URL(written).origin)

function isRoot(written: string): boolean {
  if (!URL.canParse(written)) return false
  const url = new URL(written)
  const isSafe = url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.test(url.hostname))
  return isSafe && url.pathname === '/' && url.search + url.hash + url.username + url.password === ''
}
