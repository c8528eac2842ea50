import type pg from 'pg'
import type { Config } from '../config.ts'
import type { Clock } from './clock.ts'
import type { Client } from './db.ts'
import type { Secrets } from './secrets.ts'

/** What a process is made of; built once in `main.ts`, `worker.ts`, `cli.ts` and in the tests' world. */
export type Deps = {
  config: Config
  /** For named statements (statement mode) and the platform. A query of a module goes through `ctx.db`. */
  pool: pg.Pool
  /** The door's Prisma client; modules meet it as `ctx.db`, inside a transaction. */
  db: Client
  clock: Clock
  secrets: Secrets
}
