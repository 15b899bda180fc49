import { consoleChat } from '../../src/chat/console/client.ts'
import { systemClock } from '../../src/clock.ts'
import { readConfig } from '../../src/config.ts'
import type { Context } from '../../src/context.ts'
import { randomIds } from '../../src/ids.ts'
import { openLog } from '../../src/log.ts'
import { openChats } from '../../src/main/chats.ts'
import { commandInfo, openPeople, openProfile, openSegmentPlan } from '../../src/main/parts.ts'
import { openRules } from '../../src/main/routes.ts'
import { openTraffic } from '../../src/main/traffic.ts'
import { MIGRATIONS } from '../../src/paths.ts'
import { openServer } from '../../src/server.ts'
import { openDatabase } from '../../src/store/database.ts'
import { openStore } from '../../src/store/store.ts'
import type { ReplicaSetup } from './fleet.ts'
import { openerFor } from './stage.ts'

// Run as a process of its own: everything of the program that has to do with chats, and no more, so that it starts fast.

const setup = JSON.parse(process.argv[2]!) as ReplicaSetup
const config = readConfig(setup.configFile, {})
const log = openLog(setup.logLevel)
const database = await openDatabase(setup.place, MIGRATIONS)
const store = openStore(database, randomIds)
const people = openPeople(config)
const ctx = {
  ...{ clock: systemClock, newId: randomIds, log, config, store, people, commands: commandInfo },
  ...{ profile: openProfile(config), segmentPlan: openSegmentPlan() },
  ...openRules({ config, store, people, direct: () => [] }),
  wake: () => chats.wake(),
  progress: () => {},
} as unknown as Context
const silent = { message: () => {}, clock: () => {}, progress: () => {} }
const chats = openChats({
  ctx,
  console: consoleChat(store.console, silent, systemClock),
  openers: [openerFor(setup.stage)],
  clock: systemClock,
  traffic: openTraffic(),
  leaseMs: setup.leaseMs,
})
const routes = chats.platforms.flatMap((platform) => platform.routes ?? [])
const server = await openServer({ host: '127.0.0.1', port: 0, log, routes, ready: async () => [] })
await chats.start()
process.send!({ ready: server.url })

process.on('message', () => {
  void (async () => {
    await server.close()
    await chats.stop()
    await database.close()
    process.exit(0)
  })()
})
process.on('disconnect', () => process.exit(0))
