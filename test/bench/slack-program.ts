import { readConfig } from '../../src/config.ts'
import { openLog } from '../../src/log.ts'
import { openersFor } from '../../src/main/connect.ts'
import { start } from '../../src/main.ts'
import { hurried } from '../torture/hurried.ts'

// Run as a process of its own: the whole program, which draws faster than Slack would let it.

const FASTER = 20

const config = readConfig(process.argv[2]!, process.env)
const platforms = (await openersFor(config)).map((open) => hurried(open, FASTER))
const { ready } = await start({ config, log: openLog('error'), platforms })
await ready
process.send!('ready')
process.on('disconnect', () => process.exit(0))
