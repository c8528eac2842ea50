// The roles of the cluster and who may become whom: without them row security does nothing. Made as superuser, before any migration.
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import pg from 'pg'

const LOGIN = /** @type {const} */ (['migrator', 'app', 'worker', 'stats_reader', 'auditor'])
/** One role per organisation type, and one for whoever is not signed in: entered by the door, transaction by transaction. */
const AS = ['anct', 'operateur', 'collectivite', 'prescripteur', 'structure', 'prefecture', 'hub', 'financeur', 'public'].map(
  (t) => `as_${t}`,
)
/** Owners of the SECURITY DEFINER functions. */
const FN = ['fn_ctx', 'fn_door', 'fn_redeem', 'fn_carnet', 'fn_stats']

/** @typedef {Record<typeof LOGIN[number], string>} Passwords */
/** @typedef {{ ownerUrl: string, appUrl: string, workerUrl: string, statsUrl: string, auditorUrl: string }} RoleUrls */

/** Passwords of the cluster, made once and kept beside it in a file that only its owner reads. @param {string} file @returns {Passwords} */
function keptPasswords(file) {
  if (!existsSync(file)) {
    mkdirSync(dirname(file), { recursive: true })
    const made = Object.fromEntries(LOGIN.map((role) => [role, randomBytes(18).toString('base64url')]))
    writeFileSync(file, JSON.stringify(made), { mode: 0o600 })
  }
  return JSON.parse(readFileSync(file, 'utf8'))
}

/**
 * Connection string to the same server and database as another role.
 * @param {string} url @param {string} role @param {string} password @param {string} database
 */
export function urlAs(url, role, password, database) {
  const made = new URL(url)
  made.username = role
  made.password = encodeURIComponent(password)
  made.pathname = `/${database}`
  return made.href
}

/** @param {import('pg').Client} client @param {Partial<Passwords>} passwords */
function rolesSql(client, passwords) {
  const create = (/** @type {string} */ role, /** @type {string} */ options) =>
    `begin create role ${role} ${options}; exception when duplicate_object then alter role ${role} ${options}; end;`
  const login = LOGIN.map((role) => {
    const secret = passwords[role] ? ` password ${client.escapeLiteral(passwords[role])}` : ''
    return create(
      role,
      `login nosuperuser nobypassrls noreplication nocreaterole ${role === 'migrator' ? 'createdb' : 'nocreatedb'}${secret}`,
    )
  })
  const nologin = [...AS, ...FN].map((role) => create(role, 'nologin nosuperuser nobypassrls nocreatedb nocreaterole'))
  const limits = [
    `alter role app set statement_timeout = '3s'; alter role app set lock_timeout = '2s'; alter role app set idle_in_transaction_session_timeout = '5s';`,
    `alter role worker set statement_timeout = '60s'; alter role worker set lock_timeout = '2s';`,
  ]
  return [
    `do $roles$ begin ${[...login, ...nologin].join('\n')} end $roles$;`,
    `grant ${AS.join(', ')} to app, worker with inherit false, set true;`,
    // so that a migration can give a function to its owner, and only that
    `grant ${FN.join(', ')} to migrator with inherit false, set true;`,
    ...limits,
  ].join('\n')
}

/**
 * Creates the roles, their memberships and the database owned by `migrator`; safe to run again and by several processes at once.
 * @param {string} superuserUrl
 * @param {object} options
 * @param {string} options.database made when missing
 * @param {string} [options.secretsFile] where passwords are kept; without it `passwords` must name them
 * @param {Partial<Passwords>} [options.passwords] passwords decided elsewhere (a server of the environment)
 * @returns {Promise<RoleUrls>}
 */
export async function ensureRoles(superuserUrl, { database, secretsFile, passwords = {} }) {
  /** @type {Partial<Passwords>} */
  const secrets = { ...(secretsFile ? keptPasswords(secretsFile) : {}), ...passwords }
  const client = new pg.Client({ connectionString: urlTo(superuserUrl, 'postgres') })
  await client.connect()
  try {
    await client.query("select pg_advisory_lock(hashtext('roles'))")
    await client.query(rolesSql(client, secrets))
    await ensureDatabase(client, database)
  } finally {
    await client.end()
  }
  const url = (/** @type {typeof LOGIN[number]} */ role) => urlAs(superuserUrl, role, secrets[role] ?? '', database)
  return {
    ownerUrl: url('migrator'),
    appUrl: url('app'),
    workerUrl: url('worker'),
    statsUrl: url('stats_reader'),
    auditorUrl: url('auditor'),
  }
}

/** The same server and role, another database. @param {string} url @param {string} database */
export const urlTo = (url, database) => Object.assign(new URL(url), { pathname: `/${database}` }).href

/** @param {import('pg').Client} client a superuser's @param {string} database */
export async function ensureDatabase(client, database) {
  const name = client.escapeIdentifier(database)
  const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [database])
  if (!rowCount) await client.query(`create database ${name} owner migrator`)
  await client.query(`revoke all on database ${name} from public; grant connect on database ${name} to ${LOGIN.join(', ')}`)
  await client.query(`grant create on database ${name} to worker`) // it makes the schema of its queue
}
