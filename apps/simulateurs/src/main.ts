// One process for what stands in for outside services: ProConnect and the mail server. `npm start`, the browser tests and the
// pictures start it; a server in production never does.
import { AGENTS } from './agents.ts'
import { BadSetting, readConfig } from './config.ts'
import { startCatcher } from './courriel.ts'
import { startProvider } from './proconnect.ts'

try {
  const { host, publicUrl, proconnect, courriel } = readConfig()
  const running = [
    ...(proconnect ? [await startProvider({ ...proconnect, host, publicUrl, agents: AGENTS[proconnect.jeu] })] : []),
    ...(courriel ? [await startCatcher({ ...courriel, host })] : []),
  ]
  const stop = () => void Promise.all(running.map(({ close }) => close())).then(() => process.exit(0))
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
} catch (error) {
  console.error(error instanceof BadSetting ? error.message : error)
  process.exit(1)
}
