import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { oneHomeForTheOutsideWorld, theDatabaseHasNoClock } from './architecture/banned.ts'
import { filesStayShort, noDrawers, theRootIsSmall } from './architecture/house.ts'
import { noCycles, pureRoomsAreOrdered, roomsKeepToTheirNeighbours } from './architecture/imports.ts'
import { dependenciesAreUsedAndExplained } from './architecture/packages.ts'
import { exampleEnvironmentIsTheConfig, readmeTreeIsTheDisk } from './architecture/papers.ts'
import { type Rule, readProject, say } from './architecture/project.ts'
import { everyVerbAndJobIsRegistered } from './architecture/registered.ts'

/** The shape of the house (CONTRIBUTING.md says it in words). Each rule is proved on planted offences in architecture/*.test.ts. */
const project = readProject(fileURLToPath(new URL('..', import.meta.url)))

const rules: Readonly<Record<string, Rule>> = {
  'a room imports only from the rooms it may lean on': roomsKeepToTheirNeighbours,
  'no import cycles, type imports included': noCycles,
  'pure rooms stand in an order': pureRoomsAreOrdered,
  'every command and job is registered under its own name': everyVerbAndJobIsRegistered,
  'time, chance, environment and console have one home each': oneHomeForTheOutsideWorld,
  'the database is never asked for the time': theDatabaseHasNoClock,
  'the root holds only what was decided': theRootIsSmall,
  'nothing is called utils, helpers or services': noDrawers,
  'files stay short': filesStayShort,
  'README shows the tree as it is': readmeTreeIsTheDisk,
  '.env.example names the variables src/config.ts reads': exampleEnvironmentIsTheConfig,
  'every dependency is used and explained': dependenciesAreUsedAndExplained,
}

test.each(Object.entries(rules))('%s', (_name, rule) => {
  expect(rule(project).map(say)).toEqual([])
})
