import { existsSync, readFileSync } from 'node:fs'
import { isAbsolute, join, resolve } from 'node:path'
import { z } from 'zod'
import { commands } from '../../commands/index.ts'
import { type CarePlan, carePlanSchema } from '../alerts/care-plan.ts'
import type { Config } from '../config.ts'
import type { CommandInfo, People } from '../context.ts'
import { ForeshockError } from '../errors.ts'
import { loadProfile } from '../features/load-profile.ts'
import type { Profile } from '../features/profile.ts'
import { loadSegmentPlan, type SegmentPlan } from '../features/segment-plan.ts'
import { didYouMean } from '../nearest.ts'
import { CARE_PLAN, PROFILES, SEGMENTS } from '../paths.ts'
import { mayActAs, type Person } from '../records/person.ts'
import { type MoodOf, moodReader } from '../voice/mood.ts'
import { readYaml } from '../voice/read-yaml.ts'
import { shippedMoodWords, shippedProfile, shippedTone } from './shipped.ts'

/** The profile the configuration names: one that is shipped, or a file beside the configuration. */
export function openProfile(config: Pick<Config, 'profile' | 'folder'>): Profile {
  const shipped = join(PROFILES, `${config.profile}.yaml`)
  const own = isAbsolute(config.profile) ? config.profile : join(config.folder, config.profile)
  const file = /^[a-z-]+$/.test(config.profile) && existsSync(shipped) ? shipped : own
  if (!existsSync(file)) {
    throw new ForeshockError(
      'CONFIG_INVALID',
      `There is no profile "${config.profile}".${didYouMean(config.profile, ['auto', 'retail', 'saas', 'finance', 'telecom'])}`,
      'Use auto, retail, saas, finance or telecom, or the path of your own profile file, relative to the configuration.',
    )
  }
  return file === shipped ? shippedProfile(config.profile) : loadProfile(readFileSync(file, 'utf8'), file)
}

/** How customers are grouped, and the weeks of care for those in danger. */
export function openPlans({ plans, folder }: Pick<Config, 'plans' | 'folder'>) {
  const own = (named: string | undefined) => (named === undefined ? undefined : resolve(folder, named))
  return { segmentPlan: openSegmentPlan(own(plans.segments)), carePlan: openCarePlan(own(plans.care)) }
}

/** How customers are sorted into classes, stages and layers. */
export function openSegmentPlan(file = SEGMENTS): SegmentPlan {
  return loadSegmentPlan(planIn(file), file)
}

/** The weeks of care for customers in danger. Throws CONFIG_INVALID with what is wrong with the file. */
function openCarePlan(file = CARE_PLAN): CarePlan {
  const read = carePlanSchema.safeParse(readYaml(planIn(file), file))
  if (read.success) return read.data
  const faults = read.error.issues.map(({ path, message }) => `${path.join('.') || 'the file'}: ${message}.`)
  throw new ForeshockError(
    'CONFIG_INVALID',
    `${file}: ${faults.slice(0, 8).join(' ')}`,
    `Correct it; ${CARE_PLAN} is a complete example.`,
  )
}

function planIn(file: string): string {
  if (existsSync(file)) return readFileSync(file, 'utf8')
  throw new ForeshockError(
    'CONFIG_INVALID',
    `There is no plan ${file}.`,
    'Mend `plans` in the configuration: paths relative to it.',
  )
}

/** Reads the mood of a voice by the shipped words and weights, and remembers it. */
export function openMood(): MoodOf {
  return moodReader(shippedMoodWords().lexicon, shippedTone().read)
}

const rolesSchema = z.record(z.string(), z.enum(['viewer', 'csm', 'manager']))

/**
 * The team as the configuration declares it, with the company's defaults filled in. `lend` takes the roles granted from
 * chat: between what the configuration gives and manager; admins are made and unmade in the configuration alone.
 */
export function openPeople(config: Config): People & { lend(roles: unknown): void } {
  const all = config.people.map(
    (person): Person => ({
      id: person.id,
      name: person.name,
      role: person.role,
      locale: person.locale ?? config.company.locale,
      timeZone: person.timeZone ?? config.company.timeZone,
      lead: person.lead ?? null,
      substitute: person.substitute ?? null,
      region: person.region ?? null,
      sees: person.sees ?? 'all',
    }),
  )
  let people: readonly Person[] = all
  let byId = new Map(people.map((person) => [person.id, person]))
  return {
    get all() {
      return people
    },
    get: (id) => byId.get(id) ?? null,
    lend: (roles) => {
      // Asked at every click, and nearly always nothing was ever granted.
      if (roles === undefined && people === all) return
      const granted = rolesSchema.safeParse(roles)
      people = all.map((person) => {
        const role = granted.success ? granted.data[person.id] : undefined
        return role === undefined || mayActAs(person.role, role) ? person : { ...person, role }
      })
      byId = new Map(people.map((person) => [person.id, person]))
    },
  }
}

export const commandInfo: readonly CommandInfo[] = commands.map(({ name, usage, summary, role, takes }) => ({
  name,
  usage,
  summary,
  role,
  ...(takes === undefined ? {} : { takes }),
}))
