import { describe, expect, it } from 'vitest'
import { careSchema, mailSchema } from '../../src/config/outgoing.ts'

/** What is wrong with it, in our own words; empty: nothing. */
const faults = (parsed: {
  readonly error?: { readonly issues: readonly { message: string }[] } | undefined
}) => parsed.error?.issues.map(({ message }) => message) ?? []
const webhook = (url: string, secret = 'CARE_SECRET') =>
  faults(careSchema.safeParse({ webhook: { url, secret } }))

describe('what leaves', () => {
  it.each([
    ['https://mailer.example.com/care', true],
    ['http://127.0.0.1:8080/care', true],
    ['http://[::1]:8080/care', true],
    ['http://mailer.example.com/care', false],
    ['http://127.evil.example/care', false],
    ['https://me:pw@mailer.example.com', false],
    ['mailer', false],
  ])('care to %s may go: %s', (url, may) => {
    expect(webhook(url)).toEqual(
      may ? [] : ['is no address that care may go to; use https:// and no password in it'],
    )
  })

  it('goes to one place, and its secrets stand in variables', () => {
    expect(webhook('https://a.example', 'hunter2-hunter2')[0]).toMatch(/^name an environment variable/)
    const both = { folder: './care', webhook: { url: 'https://a.example', secret: 'S' } }
    const one = ['give one of the two: webhook or folder']
    expect([both, {}].map((each) => faults(careSchema.safeParse(each)))).toEqual([one, one])
  })

  it('shows no mail server a password in the clear', () => {
    const mail = { host: 'smtp.example.com', from: 'a@example.com', user: 'U', password: 'P' }
    const said = (more: object) => faults(mailSchema.safeParse({ ...mail, ...more }))
    expect(said({})).toEqual([])
    expect(said({ tls: 'never' })[0]).toContain('in the clear')
    expect(said({ tls: 'never', host: '127.0.0.1' })).toEqual([])
    expect(said({ password: undefined })).toEqual(['user and password go together'])
  })
})
