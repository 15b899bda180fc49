import { z } from 'zod'
import { ForeshockError } from '../errors.ts'
import { type Text, text } from '../text.ts'

/** Name of an environment variable that holds what must not stand in the configuration file. */
export const variable = z
  .string()
  .regex(
    /^[A-Z][A-Z0-9_]*$/,
    'name an environment variable, such as CRM_DATABASE_URL; what it holds stays out of this file',
  )

/** What reads the environment variables that the configuration's sources name. */
export type Variables = (name: string) => string | undefined

/** Its value. @throws ForeshockError SOURCE_FAILED where it is not set */
export function secretIn(name: string, variables: Variables, source: string, holds: string | Text): string {
  const value = variables(name)
  if (value) return value
  const what = typeof holds === 'string' ? text(` ${holds}`, holds) : holds
  throw new ForeshockError(
    'SOURCE_FAILED',
    text(`${source}：没有设置环境变量 ${name}。`, `${source}: the environment variable ${name} is not set.`),
    text(`请把它设为${what.zh}，再重新启动。`, `Set it to ${what.en} and start again.`),
  )
}
