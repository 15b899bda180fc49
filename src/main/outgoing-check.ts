import { access, constants, mkdir } from 'node:fs/promises'
import { resolve } from 'node:path'
import { ChatFault } from '../chat/fault.ts'
import type { Context } from '../context.ts'
import { SHORTEST } from '../ingest/access.ts'
import { openStaffMail } from './mail.ts'

interface Finding {
  readonly about: string
  readonly ok: boolean
  readonly detail: string
  readonly note?: true
}

/** What `doctor` says of care that leaves for customers and of e-mail to staff. Nothing is sent. */
export async function outgoingFindings(ctx: Context): Promise<Finding[]> {
  return [...(await careFindings(ctx)), ...(await mailFindings(ctx))]
}

async function careFindings(ctx: Context): Promise<Finding[]> {
  const about = 'automated care'
  const { care } = ctx.config
  if (care === undefined)
    return [
      { about, ok: true, note: true, detail: 'off; nothing leaves for customers (docs/connect.md, `care`)' },
    ]
  const fault =
    care.folder === undefined ? secretFault(ctx, care.webhook!.secret) : await folderFault(ctx, care.folder)
  if (fault !== null) return [{ about, ok: false, detail: fault }]
  const where =
    care.folder === undefined
      ? `posted to ${new URL(care.webhook!.url).host}, signed`
      : `put into ${care.folder}`
  const consented = await ctx.store.customers.countConsenting()
  const detail = `on: ${where}; ${consented} customers agreed to be contacted`
  // Without a yes nothing leaves, which nobody would guess.
  return consented > 0
    ? [{ about, ok: true, detail }]
    : [{ about, ok: true, note: true, detail: `${detail}: map contactConsent, or nothing will leave` }]
}

function secretFault({ config }: Context, name: string): string | null {
  const secret = config.variables[name]
  if (secret === undefined) return `the environment variable ${name} is not set; it signs what is posted`
  return secret.length < SHORTEST
    ? `${name} is shorter than ${SHORTEST} characters; \`openssl rand -hex 32\` makes a good one`
    : null
}

async function folderFault({ config }: Context, folder: string): Promise<string | null> {
  const path = resolve(config.folder, folder)
  try {
    await mkdir(path, { recursive: true })
    await access(path, constants.W_OK)
    return null
  } catch (error) {
    return `${path} cannot be written to (${(error as NodeJS.ErrnoException).code})`
  }
}

async function mailFindings(ctx: Context): Promise<Finding[]> {
  const about = 'e-mail to staff'
  const mail = openStaffMail(ctx)
  if (mail === null)
    return [
      {
        about,
        ok: true,
        note: true,
        detail: 'off; whom no chat reaches is not written to (docs/connect.md, `mail`)',
      },
    ]
  const { host, port } = ctx.config.mail!
  const without = ctx.config.people.filter(({ email, role }) => email === undefined && role !== 'viewer')
  const names = without.map(({ id }) => id).join(', ')
  const lacking: Finding[] =
    names === '' ? [] : [{ about, ok: true, note: true, detail: `${names}: no e-mail address under people` }]
  try {
    await mail.check()
    return [{ about, ok: true, detail: `on: ${host}:${port} lets us in` }, ...lacking]
  } catch (error) {
    if (!(error instanceof ChatFault)) throw error
    return [{ about, ok: false, detail: `${host}:${port}: ${error.message}` }, ...lacking]
  }
}
