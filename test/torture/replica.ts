import { consoleChat } from '../../src/chat/console/client.ts'
import { systemClock } from '../../src/clock.ts'
import { readConfig } from '../../src/config.ts'
import type { Context } from '../../src/context.ts'
import { randomIds } from '../../src/ids.ts'
import { openLog } from '../../src/log.ts'
import { openChats } from '../../src/main/chats.ts'
import { openersFor } from '../../src/main/connect.ts'
import { commandInfo, openMood, openPeople, openPlans, openProfile } from '../../src/main/parts.ts'
import { openRules } from '../../src/main/routes.ts'
import { openTraffic } from '../../src/main/traffic.ts'
import { MIGRATIONS } from '../../src/paths.ts'
import { openDatabase } from '../../src/store/database.ts'
import { openStore } from '../../src/store/store.ts'
import type { ReplicaSetup, Told } from './fleet.ts'
import { hurried } from './hurried.ts'

// Run as a process of its own: everything of the program that has to do with chats, and no more, so that it starts fast.

const setup = JSON.parse(process.argv[2]!) as ReplicaSetup
const config = readConfig(setup.configFile, setup.stage.env)
const log = openLog(setup.logLevel)
const database = await openDatabase(setup.place, MIGRATIONS)
const store = openStore(database, randomIds, config.company.currency)
const people = openPeople(config)
const ctx = {
  ...{ clock: systemClock, newId: randomIds, log, config, store, people, commands: commandInfo },
  ...{ profile: openProfile(config), ...openPlans(config), voice: { mood: openMood() } },
  ...openRules({ config, store, people, direct: () => [] }),
  wake: () => chats.wake(),
  progress: () => {},
} as unknown as Context
const silent = { message: () => {}, clock: () => {}, progress: () => {} }
const chats = openChats({
  ctx,
  console: consoleChat(store.console, silent, systemClock),
  openers: (await openersFor(config)).map((open) => hurried(open, setup.stage.faster)),
  clock: systemClock,
  traffic: openTraffic(),
  leaseMs: setup.leaseMs,
})
// It works and delivers while it joins its platform.
const joining = chats.start()
process.send!('works' satisfies Told)
await joining
process.send!('joined' satisfies Told)

process.on('message', () => {
  void (async () => {
    await chats.stop()
    await database.close()
    process.exit(0)
  })()
})
process.on('disconnect', () => process.exit(0))
