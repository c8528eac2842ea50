// The server: `node apps/api/src/main.ts`.
import { main, openDeps } from './platform/process.ts'
import { needPlainRole } from './platform/role-check.ts'
import { buildServer } from './server.ts'

await main(async (config) => {
  const deps = await openDeps(config, { url: config.databaseUrl, name: 'api', check: needPlainRole })
  const app = await buildServer(deps, { logger: { level: 'warn' } })
  const stop = async () => {
    // answers what is running, then leaves
    await app.close()
    await deps.close()
    process.exit(0)
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop())
  await app.listen({ port: config.port, host: config.host })
})
