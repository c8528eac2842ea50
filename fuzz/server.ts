import pg from 'pg'
import { readConfig } from '../apps/api/src/config.ts'
import { installJobs } from '../apps/api/src/platform/jobs/install.ts'
import { openDeps } from '../apps/api/src/platform/process.ts'
import { MODULES, type Module } from '../apps/api/src/registry.ts'
import { buildServer } from '../apps/api/src/server.ts'
import type { Answer } from './checks.ts'
import { cookiesOf } from './people.ts'
import type { Request } from './requests.ts'
import type { Target } from './run.ts'
import { type Sabotage, spoiledModules } from './sabotage.ts'

/** The real server on the loopback, on the database of `npm run fuzz`, and the owner of its tables to look behind. */
export const openTarget = async (sabotage: Sabotage | null): Promise<Target & { close: () => Promise<void> }> => {
  const config = readConfig({ ...process.env, DEMO: '1', CLOCK: '2026-03-10T09:00:00+01:00' })
  await installJobs(config.workerUrl!)
  const deps = await openDeps(config, { url: config.databaseUrl, name: 'fuzz' })
  const sql = new pg.Client({ connectionString: config.ownerUrl })
  await sql.connect()
  const cookie = await cookiesOf(sql).of('collectivite.administrateur')
  const modules: readonly Module[] = sabotage ? spoiledModules(sabotage, cookie) : MODULES
  const app = await buildServer(deps, { modules })
  const base = await app.listen({ port: 0, host: '127.0.0.1' })
  const document = (await (await fetch(`${base}/api/openapi.json`)).json()) as Target['document']
  const close = async () => {
    await app.close()
    await deps.close()
    await sql.end()
  }
  return { document, sql, send: senderTo(base), close }
}

/** Sends as it is made: a path of points stays one, a body on a reading too. */
const senderTo =
  (base: string) =>
  async ({ method, path, headers, body }: Request, cookie: string): Promise<Answer> => {
    const t0 = performance.now()
    const response = await fetch(`${base}${path}`, {
      method,
      redirect: 'manual',
      signal: AbortSignal.timeout(20_000),
      headers: { ...headers, ...(cookie && { cookie }) },
      ...(body !== undefined && method !== 'GET' && { body }),
    })
    const text = await response.text()
    return { status: response.status, body: text, headers: Object.fromEntries(response.headers), milliseconds: performance.now() - t0 }
  }
