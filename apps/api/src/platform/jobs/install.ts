import { runMigrations } from 'graphile-worker'
import pg from 'pg'
import { createPool } from '../db.ts'

const CALLERS =
  'as_anct, as_operateur, as_collectivite, as_prescripteur, as_structure, as_prefecture, as_hub, as_financeur, fn_redeem, fn_carnet'

/**
 * graphile-worker closes its tables by row security without a policy: only their owner, `worker`, passes. So the queue, and
 * the two functions that open it to the others, are made by the worker itself. The key is kept per organisation.
 */
const FUNCTIONS = `
create or replace function graphile_worker.enqueue_job(name text, payload jsonb, key text) returns void
language plpgsql volatile security definer set search_path = pg_catalog as $$
declare
  me record;
begin
  select * into me from public.app_verify(current_setting('app.ctx', true));
  perform graphile_worker.add_job(
    identifier := name,
    payload := (payload || jsonb_build_object('_acteur', jsonb_build_object('organisationId', me.org, 'utilisateurId', me.utilisateur)))::json,
    job_key := me.org || ':' || key,
    max_attempts := 10);
end $$;
create or replace function graphile_worker.job_progress(p_key text, out fait int, out total int, out essais int)
language plpgsql stable security definer set search_path = pg_catalog as $$
declare
  me record;
begin
  select * into me from public.app_verify(current_setting('app.ctx', true));
  select (j.payload #>> '{_progres,fait}')::int, (j.payload #>> '{_progres,total}')::int, j.attempts
    into fait, total, essais from graphile_worker._private_jobs j where j.key = me.org || ':' || p_key;
end $$;
create or replace function graphile_worker.enqueue_courriel(p_id uuid) returns void
language plpgsql volatile security definer set search_path = pg_catalog as $$
begin
  -- nobody's: a link asked from the sign-in page belongs to no organisation
  perform graphile_worker.add_job(identifier := 'send-courriel', payload := json_build_object('courrielId', p_id), job_key := 'courriel:' || p_id, max_attempts := 12);
end $$;
revoke execute on all functions in schema graphile_worker from public;
grant usage on schema graphile_worker to ${CALLERS}, fn_ctx;
grant execute on function graphile_worker.enqueue_courriel to fn_ctx;
grant execute on function graphile_worker.enqueue_job, graphile_worker.job_progress to ${CALLERS};
`

/** Makes or brings up to date the queue, as role `worker`; safe to run again and by two processes at once. */
export const installJobs = async (workerUrl: string): Promise<void> => {
  const pool = createPool(workerUrl, { max: 2, statementTimeout: 60_000, name: 'worker' })
  try {
    await runMigrations({ pgPool: pool })
    const client = await pool.connect()
    try {
      await client.query("begin; select pg_advisory_xact_lock(hashtext('graphile_worker functions'))")
      await client.query(FUNCTIONS)
      await client.query('commit')
    } finally {
      client.release(true)
    }
  } finally {
    await pool.end()
  }
}

/** True when the queue is there. */
export const hasJobs = async (url: string): Promise<boolean> => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query<{ there: boolean }>("select to_regnamespace('graphile_worker') is not null as there")
    return rows[0]?.there ?? false
  } finally {
    await client.end()
  }
}
