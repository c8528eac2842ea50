import type { Controles } from '@pass/contracts/livres.ts'
import { CONTROLE_FAMILLES, controleOf } from '@pass/domain/controles.ts'
import { whyNotBalanced as whyNot } from '@pass/domain/livres.ts'
import type { Refusal } from '@pass/domain/refusal.ts'
import type { Ctx } from '../../platform/context.ts'
import { enqueue, progressOf } from '../../platform/jobs/enqueue.ts'
import type { JobCtx, SystemTask, Task } from '../../platform/jobs/job.ts'
import { reachSql } from '../../platform/reach.ts'

type Acting = Pick<Ctx | JobCtx, 'db' | 'actor' | 'now' | 'today'>

const KEY = 'controles'
/** Runs that the screen lists besides the last one. */
const PASSAGES = 10

/** Runs every check now and keeps the counts with their date; answers how many bad rows in all. For a job: it reads every table. */
export const runChecks = async ({ db, now }: Acting): Promise<number> => {
  const [row] = await db.$queryRaw<[{ ecarts: bigint }]>`select controle_run(${now}::timestamptz) as ecarts`
  return Number(row.ecarts)
}

/** Bad rows of the last run, null when the checks never ran. */
export const lastEcarts = async (ctx: Acting): Promise<number | null> => {
  const [row] = await ctx.db.$queryRaw<{ ecarts: bigint }[]>`
    select sum(ecarts)::bigint as ecarts from controle where ${reachSql(ctx, 'controle')} group by passage, at order by at desc, passage desc limit 1`
  return row ? Number(row.ecarts) : null
}

/** Why nothing may be closed on these books: what the last run of the checks found. */
export const whyNotBalanced = async (ctx: Acting): Promise<Refusal | null> => whyNot(await lastEcarts(ctx))

type Row = { passage: string; nom: string; ecarts: bigint; at: Date; duree_ms: number }
type Run = { at: Date; ecarts: bigint; controles: number }

/** The last run, every check with its count, and the ones before. */
export const getControles = async (ctx: Ctx): Promise<Controles> => {
  const rows = await ctx.db.$queryRaw<Row[]>`
    select passage, nom, ecarts, at, duree_ms from controle
     where ${reachSql(ctx, 'controle')} and passage = (select passage from controle order by at desc, passage desc limit 1)`
  const runs = await ctx.db.$queryRaw<Run[]>`
    select at, sum(ecarts)::bigint as ecarts, count(*)::int as controles from controle where ${reachSql(ctx, 'controle')}
     group by passage, at order by at desc, passage desc limit ${PASSAGES}`
  const [first] = rows
  return {
    passage: first ? { at: first.at.toISOString(), dureeMs: first.duree_ms } : null,
    ecarts: rows.reduce((sum, row) => sum + Number(row.ecarts), 0),
    enCours: ctx.actor.organisationType === 'operateur' && (await progressOf(ctx, KEY)) !== null,
    controles: rows
      .map(({ nom, ecarts }) => ({ code: nom, ...controleOf(nom), ecarts: Number(ecarts) }))
      .toSorted(
        (a, b) => CONTROLE_FAMILLES.indexOf(a.famille) - CONTROLE_FAMILLES.indexOf(b.famille) || a.libelle.localeCompare(b.libelle, 'fr'),
      ),
    passages: runs.map(({ at, ecarts, controles }) => ({ at: at.toISOString(), ecarts: Number(ecarts), controles })),
  }
}

/** Asks for a run now: on a large base the checks last longer than a request may. One waiting at a time. */
export const askControles = async (ctx: Ctx): Promise<Controles> => {
  await enqueue(ctx, 'run-controles', {}, KEY)
  return getControles(ctx)
}

/** The run that somebody asked for. */
export const runControles: Task = async (job) => {
  await job.write({}, runChecks)
}

/** Every night, whoever is there: a gap is known the morning after. */
export const nightlyControles: SystemTask = {
  cron: '30 2 * * *',
  run: async ({ now }, { pool }) => {
    await pool.query('select controle_run($1)', [now])
  },
}
