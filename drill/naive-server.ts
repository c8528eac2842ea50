// The server of `npm run drill -- --naive cle`: each sending of the counter is taken for a new one, whatever its key. It must fail the drill.
import { randomUUID } from 'node:crypto'
import { atelierRoutes } from '../packages/contracts/src/ateliers.ts'
import { main, openDeps } from '../apps/api/src/platform/process.ts'
import { MODULES, type Module } from '../apps/api/src/registry.ts'
import { buildServer } from '../apps/api/src/server.ts'

const forgetful = (module: Module): Module => ({
  ...module,
  bind: (api, deps) => {
    api.addHook('onRequest', async ({ headers }) => {
      if (headers['idempotency-key'] !== undefined) headers['idempotency-key'] = randomUUID()
    })
    module.bind(api, deps)
  },
})

await main(async (config) => {
  const deps = await openDeps(config, { url: config.databaseUrl, name: 'api' })
  const modules = MODULES.map((module) => (module.routes === atelierRoutes ? forgetful(module) : module))
  const app = await buildServer(deps, { modules })
  process.once('SIGTERM', () => void app.close().then(() => process.exit(0)))
  await app.listen({ port: config.port, host: config.host })
})
