import { cleOf, inParts } from '@pass/domain/clotures.ts'
import { formatPeriode } from '@pass/domain/clotures.ts'
import { rolesWith } from '@pass/domain/droits.ts'
import { plural } from '@pass/domain/money.ts'
import { homePath } from '@pass/domain/organisations.ts'
import type { Refusal } from '@pass/domain/refusal.ts'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { LOST_RACE, Refused } from '../../platform/errors.ts'
import type { Job, JobCtx, Task } from '../../platform/jobs/job.ts'
import { notify } from '../../platform/notify.ts'
import { runChecks, whyNotBalanced } from '../comptabilite/public.ts'
import { getRun, knownPeriode, type Run } from './cloture-queries.ts'
import { holdClosings } from './close-periode.ts'
import { type Closing, closeStructures, finishClosing } from './close-structures.ts'
import { dueAt, isReady } from './due.ts'
import { knownParametres } from './parametres.ts'

const Payload = z.object({ clotureId: z.uuid() })
/** A part is one transaction: short, so that a stop loses little and nobody waits long for the numbers. */
const PART = { taille: 5_000, structures: 200 }
const TRIES = 3

const plancherOf = async (ctx: JobCtx) => (await knownParametres(ctx))?.plancherHebdoCentimes ?? null

/** The structures left to close, cut into parts: read again after a stop, those already closed are not among them. */
const partsOf = (job: Job, { periode }: Closing) =>
  job.read(async (ctx) => {
    const due = await dueAt(ctx, { periode, plancherCentimes: await plancherOf(ctx) })
    const rows = due.filter(isReady).map(({ structure, pass }) => ({ id: structure.id, pass }))
    return inParts(rows, PART).map((part) => part.map(({ id }) => id))
  })

const closePart = (job: Job, closing: Closing, structureIds: readonly string[]) =>
  job.write({ clotureId: closing.id, structures: structureIds.length }, async (ctx) => {
    await holdClosings(ctx)
    const due = await dueAt(ctx, { periode: closing.periode, plancherCentimes: await plancherOf(ctx), structureIds })
    const ready = due.filter(isReady)
    if (ready.length > 0) await closeStructures(ctx, closing, ready)
  })

const isLost = (error: unknown) => error instanceof Refused && error.refusal.code === LOST_RACE.code

/** A use that comes or goes between the count and the taking undoes the part: counted again, it is right. */
const retryingPart = async (job: Job, closing: Closing, structureIds: readonly string[]) => {
  for (let tries = 1; ; tries++)
    try {
      return await closePart(job, closing, structureIds)
    } catch (error) {
      if (tries === TRIES || !isLost(error)) throw error
      await sleep(100 * tries)
    }
}

const tell = (ctx: JobCtx, run: Run, titre: string, texte: string) =>
  notify(
    { ...ctx },
    {
      organisationId: ctx.actor.organisationId,
      roles: rolesWith('bordereau:close'),
      categorie: 'argent',
      code: 'cloture_finie',
      titre,
      texte,
      lien: `${homePath('operateur')}remboursements?periode=${cleOf(run)}`,
    },
  )

const fail = (job: Job, run: Run, { message }: Refusal) =>
  job.write({ clotureId: run.id }, async (ctx) => {
    await ctx.db.$executeRaw`update cloture set statut = 'echouee', fini_at = ${ctx.now}::timestamptz
      where operateur_id = ${ctx.actor.organisationId}::uuid and id = ${run.id}::uuid and statut = 'en_cours'`
    await tell(ctx, run, `Arrêté refusé : ${formatPeriode(run)}`, message)
  })

/** The books are looked at once, before the first part: a closing never adds to accounts that do not agree. */
const checked = async (job: Job, run: Run): Promise<Refusal | null> => {
  if (run.faites > 0) return null
  await job.write({ clotureId: run.id }, (ctx) => runChecks(ctx))
  return job.read((ctx) => whyNotBalanced(ctx))
}

/** The rest of a large closing, part by part, each whole. Killed, it goes on with the structures that have no bordereau yet. */
export const closePeriodeTask: Task = async (job) => {
  const { clotureId } = Payload.parse(job.payload)
  const run = await job.read((ctx) => getRun(ctx, clotureId))
  if (run.statut !== 'en_cours') return
  const refusal = await checked(job, run)
  if (refusal) {
    await fail(job, run, refusal)
    return
  }
  const closing: Closing = { id: clotureId, periode: knownPeriode(cleOf(run)), par: run.par }
  for (const part of await partsOf(job, closing)) await retryingPart(job, closing, part)
  await job.write({ clotureId }, async (ctx) => {
    await finishClosing(ctx, closing)
    const done = await getRun(ctx, clotureId)
    await tell(
      ctx,
      done,
      `Arrêté terminé : ${formatPeriode(done)}`,
      `${plural(done.faites, 'bordereau à contrôler', 'bordereaux à contrôler')}.`,
    )
  })
}
