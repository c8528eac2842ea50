import type pg from 'pg'
import { type Config, readConfig } from '../config.ts'
import { createClock } from './clock.ts'
import { createClient, createPool } from './db.ts'
import type { Deps } from './deps.ts'
import { loadSecrets } from './secrets.ts'

type Options = {
  url: string
  name: string
  statementTimeout?: number
  max?: number
  /** Looks at the role before anything else is asked of the database. */
  check?: (pool: pg.Pool) => Promise<void>
}

/** Pool, client, clock and keys of a process. `close` ends them in order. */
export const openDeps = async (
  config: Config,
  { url, name, statementTimeout = 3000, max = 10, check }: Options,
): Promise<Deps & { close: () => Promise<void> }> => {
  const secrets = loadSecrets(config.secretsDir, !config.production)
  const pool = createPool(url, { name, statementTimeout, max })
  const db = createClient(pool, statementTimeout + 1000)
  const clock = createClock(pool, config.clock, config.demo)
  const close = async () => {
    await db.$disconnect()
    await pool.end()
  }
  try {
    await check?.(pool)
    await clock.refresh()
  } catch (error) {
    await close()
    throw error
  }
  return { config, pool, db, clock, secrets, close }
}

const REFUSED: Record<string, string> = {
  ECONNREFUSED: 'La base de données ne répond pas\u00a0: vérifiez qu’elle est démarrée et que DATABASE_URL est juste.',
  ENOTFOUND: 'Le serveur de base de données est introuvable\u00a0: vérifiez DATABASE_URL.',
  '28P01': 'La base de données refuse ce mot de passe\u00a0: vérifiez DATABASE_URL.',
  '3D000': 'Cette base de données n’existe pas\u00a0: créez-la par «\u00a0npm run db:migrate\u00a0».',
  '42883': 'La base de données n’est pas à jour\u00a0: lancez «\u00a0npm run db:migrate\u00a0».',
  EADDRINUSE: 'Ce port est déjà pris\u00a0: arrêtez le programme qui l’occupe, ou choisissez un autre PORT.',
  EACCES: 'Ce port, ou le dossier des clés, n’est pas permis à cet utilisateur\u00a0: changez PORT ou SECRETS_DIR.',
}

/** What a program that cannot start says: one French sentence; the rest of the error only when we have none. */
export const startFailure = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error)
  const code = 'code' in error ? String(error.code) : ''
  return (
    REFUSED[code] ??
    (['BadSetting', 'MissingSecrets', 'WrongRole'].includes(error.constructor.name) ? error.message : (error.stack ?? error.message))
  )
}

/** Runs a program: its settings, then its work; a failure is one sentence and exit code 1. */
export const main = async (work: (config: Config) => Promise<void>): Promise<void> => {
  try {
    await work(readConfig())
  } catch (error) {
    console.error(startFailure(error))
    process.exit(1)
  }
}
