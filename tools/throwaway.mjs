// A database made anew for one run (browser tests, benches), in a cluster of its own: nothing of the demo is touched.
import { migrate, recreate, seed, startOwned } from './database.mjs'
import { ensureRoles } from './roles.mjs'

/**
 * Starts the cluster, then makes, migrates and seeds the database; `shutdown` stops it.
 * @param {{ dir: string, database: string, fast: boolean, env?: NodeJS.ProcessEnv, seedFile?: string }} options `fast`: without durability, never for a bench
 */
export async function throwaway({ dir, database, fast, env = {}, seedFile = 'prisma/seed/base/main.ts' }) {
  const server = await startOwned({ dir, fast, adopt: true })
  const urls = await ensureRoles(server.url('postgres'), { database, secretsFile: `${dir}/roles.json` })
  await recreate(urls, server.url('postgres'))
  await migrate(urls)
  await seed(urls, seedFile, env)
  return urls
}
