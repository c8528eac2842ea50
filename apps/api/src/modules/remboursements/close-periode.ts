import type { Cloture } from '@pass/contracts/clotures.ts'
import { cleOf, CLOTURE_IMMEDIATE, type Periode, whyNotClosePeriode } from '@pass/domain/clotures.ts'
import { refuse } from '@pass/domain/refusal.ts'
import type { Ctx } from '../../platform/context.ts'
import { enforce } from '../../platform/errors.ts'
import { enqueue, progressOf } from '../../platform/jobs/enqueue.ts'
import { whyNotBalanced } from '../comptabilite/public.ts'
import { clotureOf, dueOf, getRun, knownPeriode, type Run, runningOf } from './cloture-queries.ts'
import { closeStructures, finishClosing } from './close-structures.ts'
import { type DueCtx, isReady } from './due.ts'

/** One closing of an operator at a time, part by part: of two at once, the second finds nothing left. */
export const holdClosings = ({ db, actor }: DueCtx) =>
  db.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`cloture|${actor.organisationId}`}, 0))`

const jobKey = (clotureId: string) => `cloture:${clotureId}`
const later = (ctx: Ctx, clotureId: string) => enqueue(ctx, 'close-period', { clotureId }, jobKey(clotureId))

const openRun = async (ctx: Ctx, { mois, semaine, avant }: Periode, structures: number): Promise<Run> => {
  const [row] = await ctx.db.$queryRaw<{ id: string }[]>`
    insert into cloture (operateur_id, id, mois, semaine, avant, structures, par, at)
    values (${ctx.actor.organisationId}::uuid, uuidv7(), ${mois}, ${semaine}::int, ${avant}::date, ${structures}::int, ${ctx.actor.utilisateurId}::uuid, ${ctx.now}::timestamptz)
    returning id`
  return getRun(ctx, row!.id)
}

/** A closing that is not over refuses another one; of the same period, its job is asked again should the queue have given it up. */
const whileRunning = async (ctx: Ctx, periode: Periode, running: Run): Promise<Cloture> => {
  const isSame = cleOf(running) === periode.cle
  if (!isSame || (await progressOf(ctx, jobKey(running.id))) !== null) enforce(refuse('cloture_en_cours'))
  await later(ctx, running.id)
  return clotureOf(ctx, periode, await dueOf(ctx, periode), running)
}

/**
 * Closes a period: a bordereau for each structure that can be paid. A few thousand uses are closed at once, more by a job, part by
 * part. What cannot be paid stays due. Run again, it makes what has become payable since, and nothing twice.
 */
export const closePeriode = async (ctx: Ctx, { periode: cle }: { periode: string }): Promise<Cloture> => {
  const periode = knownPeriode(cle)
  enforce(whyNotClosePeriode(periode, ctx.now))
  await holdClosings(ctx)
  const running = await runningOf(ctx)
  if (running) return whileRunning(ctx, periode, running)
  enforce(await whyNotBalanced(ctx))
  const due = await dueOf(ctx, periode)
  const ready = due.filter(isReady)
  if (ready.length === 0) return clotureOf(ctx, periode, due, null)
  const run = await openRun(ctx, periode, ready.length)
  if (ready.reduce((sum, { pass }) => sum + pass, 0) > CLOTURE_IMMEDIATE) {
    await later(ctx, run.id)
    return clotureOf(ctx, periode, due, run)
  }
  const closing = { id: run.id, periode, par: run.par }
  await closeStructures(ctx, closing, ready)
  await finishClosing(ctx, closing)
  return clotureOf(ctx, periode, due, null)
}
