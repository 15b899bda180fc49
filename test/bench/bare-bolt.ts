import { App, LogLevel } from '@slack/bolt'

// Run as a process of its own: the least that answers Slack's clicks, to hold the product against.

const [token, appToken, slackApiUrl] = process.argv.slice(2) as [string, string, string]
const app = new App({
  ...{ token, appToken, socketMode: true, logLevel: LogLevel.ERROR },
  clientOptions: { slackApiUrl },
})
app.action(/.*/, ({ ack }) => ack())
app.view(/.*/, ({ ack }) => ack())
await app.start()
process.send!('ready')
process.on('disconnect', () => process.exit(0))
