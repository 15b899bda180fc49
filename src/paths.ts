import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The package's root folder, found upwards from this file: it is one level higher when built into dist/. */
export const PACKAGE_ROOT = rootFrom(dirname(fileURLToPath(import.meta.url)))

function rootFrom(folder: string): string {
  if (existsSync(join(folder, 'package.json'))) return folder
  const parent = dirname(folder)
  if (parent === folder)
    throw new Error('package.json was not found above the program; the installation is incomplete')
  return rootFrom(parent)
}

export const MIGRATIONS = join(PACKAGE_ROOT, 'prisma', 'migrations')
export const PROFILES = join(PACKAGE_ROOT, 'models', 'profiles')
export const SEGMENTS = join(PACKAGE_ROOT, 'models', 'segments.yaml')
export const CARE_PLAN = join(PACKAGE_ROOT, 'models', 'care-plan.yaml')
export const JOURNEY = join(PACKAGE_ROOT, 'models', 'journey.yaml')
export const LEXICONS = join(PACKAGE_ROOT, 'models', 'lexicons')
export const SENTIMENT = join(PACKAGE_ROOT, 'models', 'sentiment')
export const LEAVING = join(PACKAGE_ROOT, 'models', 'leaving')
export const TOPICS = join(PACKAGE_ROOT, 'models', 'topics')
