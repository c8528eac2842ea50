import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { Prisma, PrismaClient } from './prisma/client.ts'

/** The door's transaction, as handlers see it. */
export type Db = Prisma.TransactionClient
/** The whole client: the door alone opens transactions on it. */
export type Client = PrismaClient

/** Builds a fragment of SQL with its parameters; `Prisma.join` for lists. */
export const { sql, join, empty } = Prisma
/** A fragment made by `sql`. */
export type Sql = Prisma.Sql

type PoolOptions = { max?: number; statementTimeout?: number; name?: string }

/** The one pool of a process, shared by Prisma and by named statements, with the limits of `reliability.md` section 6. */
export const createPool = (url: string, { max = 10, statementTimeout = 3000, name = 'api' }: PoolOptions = {}): pg.Pool => {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    connectionTimeoutMillis: 4000,
    idleTimeoutMillis: 60_000, // a new connection costs a proof of the password: keep those of a busy hour
    statement_timeout: statementTimeout,
    lock_timeout: 2000,
    idle_in_transaction_session_timeout: 5000,
    application_name: name,
  })
  // without listeners a lost connection, idle or not, ends the process
  const lost = (error: Error) => console.error('connexion à la base perdue', 'code' in error ? error.code : '')
  pool.on('error', lost)
  pool.on('connect', (client) => void client.on('error', lost))
  return pool
}

/** Prisma on that pool. PostgreSQL times out first (3 s), Prisma only after (4 s). Close the pool after `$disconnect()`. */
export const createClient = (pool: pg.Pool, timeout = 4000): Client =>
  new PrismaClient({ adapter: new PrismaPg(pool), transactionOptions: { maxWait: 2000, timeout } })

/** A day as Prisma wants it for a `@db.Date` column. */
export const dbDate = (day: string): Date => new Date(`${day}T00:00:00Z`)
/** The day of a `@db.Date` column, `YYYY-MM-DD`. */
export const dayOf = (date: Date): string => date.toISOString().slice(0, 10)
