import type { OrganisationType } from '@pass/domain/organisations.ts'
import pg from 'pg'
import { ORG } from '../../../../prisma/seed/base/ids.ts'

/** One organisation of each type around T1, and around T2 where there is one. */
export const VIEWERS: readonly { type: OrganisationType; t1: string; t2: string | null }[] = [
  { type: 'anct', t1: ORG.anct, t2: null },
  { type: 'operateur', t1: ORG.o1, t2: ORG.o2 },
  { type: 'collectivite', t1: ORG.t1, t2: ORG.t2 },
  { type: 'prescripteur', t1: ORG.p1, t2: ORG.p9 },
  { type: 'structure', t1: ORG.s1, t2: ORG.s9 },
  { type: 'prefecture', t1: ORG.prefecture, t2: null },
  { type: 'hub', t1: ORG.hub, t2: null },
  { type: 'financeur', t1: ORG.fse, t2: ORG.fse2 },
]

/** A plain connection: SQL as the server could send it, without the door. */
export const connect = async (url: string): Promise<pg.Client> => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  return client
}

/** The context that the database signs for an organisation (the worker's way), and its role. */
export const contextOf = async (worker: pg.Client, organisationId: string): Promise<{ role: string; ctx: string }> => {
  const { rows } = await worker.query<{ type: string; ctx: string }>('select type, ctx from job_context($1)', [organisationId])
  return { role: `as_${rows[0]!.type}`, ctx: rows[0]!.ctx }
}

/** Runs SQL in a transaction of a role and a context, rolled back. An error comes back as its SQLSTATE. */
export const inside = async <T>(
  client: pg.Client,
  { role, ctx }: { role: string | null; ctx: string },
  run: () => Promise<T>,
): Promise<T | { sqlstate: string }> => {
  await client.query('begin')
  try {
    if (role) await client.query(`select set_config('role', $1, true)`, [role])
    await client.query(`select set_config('app.ctx', $1, true)`, [ctx])
    return await run()
  } catch (error) {
    if (error instanceof pg.DatabaseError) return { sqlstate: error.code ?? '?' }
    throw error
  } finally {
    await client.query('rollback')
  }
}

/** The number of rows that a statement counts, or the SQLSTATE that refused it. */
export const counted = async (
  client: pg.Client,
  entry: { role: string | null; ctx: string },
  text: string,
  values: unknown[] = [],
): Promise<number | string> => {
  const result = await inside(client, entry, async () => (await client.query<{ n: string }>(text, values)).rows[0]!.n)
  return typeof result === 'object' ? result.sqlstate : Number(result)
}
