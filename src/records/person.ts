import { ForeshockError } from '../errors.ts'
import type { Locale, Text } from '../text.ts'
import { text } from '../text.ts'

/** What a person may do; each role may do all that the ones before it may. */
export type Role = 'viewer' | 'csm' | 'manager' | 'admin'
export const ROLES: readonly Role[] = ['viewer', 'csm', 'manager', 'admin']

/** What people call the roles. */
export const ROLE_TITLES: Readonly<Record<Role, Text>> = {
  viewer: text('所有人', 'everyone'),
  csm: text('客户经理', 'CSMs'),
  manager: text('主管', 'managers'),
  admin: text('管理员', 'admins'),
}

/** One who holds a role. */
export const ROLE_HELD: Readonly<Record<Role, Text>> = {
  viewer: text('只读', 'viewer'),
  csm: text('客户经理', 'CSM'),
  manager: text('主管', 'manager'),
  admin: text('管理员', 'admin'),
}

export function mayActAs(held: Role, needed: Role): boolean {
  return ROLES.indexOf(held) >= ROLES.indexOf(needed)
}

/** Whose voices a person sees: those of everyone, of customers they or their team keep, or of some stores. */
export type Sees = 'all' | 'team' | 'own' | { readonly sites: readonly string[] }

/** Someone on the team, as the configuration declares them. */
export interface Person {
  readonly id: string
  readonly name: Text
  readonly role: Role
  readonly locale: Locale
  readonly timeZone: string
  /** Id of the person escalations go to. */
  readonly lead: string | null
  /** Id of who takes over what this person has no room for. */
  readonly substitute: string | null
  readonly region: string | null
  /** Absent: everyone's. */
  readonly sees?: Sees
}

/** What somebody is told who asks for a command of another role. */
export function notForThem(
  command: { readonly name: string; readonly role: Role },
  by: Person,
): ForeshockError {
  return new ForeshockError(
    'FORBIDDEN',
    text(
      `${command.name} 只对${ROLE_TITLES[command.role].zh}开放，${by.name.zh}没有这个权限。`,
      `${command.name} is for ${ROLE_TITLES[command.role].en}, and ${by.name.en} is not one of them.`,
    ),
    text('请管理员调整角色，或请有权限的同事操作。', 'Ask an admin for the role, or someone who has it.'),
  )
}
