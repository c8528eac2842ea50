import type { Upload } from '@pass/contracts/route.ts'
import { typeOf } from '@pass/domain/pieces.ts'
import { refuse } from '@pass/domain/refusal.ts'
import { repriseMachine, whyNotDeposit } from '@pass/domain/reprises.ts'
import { z } from 'zod'
import type { Ctx } from '../../platform/context.ts'
import { enforce, Refused, won } from '../../platform/errors.ts'
import { enqueue } from '../../platform/jobs/enqueue.ts'
import type { Job, JobCtx, Task } from '../../platform/jobs/job.ts'
import type { Secrets } from '../../platform/secrets.ts'
import { Unreadable } from '../../platform/tableur/table.ts'
import { keepAndJudge } from './judge-reprise.ts'
import { getReprise, jobKey, readReprise } from './queries.ts'
import { findPrescripteurs, type HashedLine, readFichier } from './read-fichier.ts'
import { openUpload, sealUpload } from './sealed-upload.ts'

/** A file up to this size is read and judged while the person waits: a thousand lines. */
const AT_ONCE_OCTETS = 128 * 1024

const readNow = async (ctx: Ctx, secrets: Secrets, file: Upload): Promise<HashedLine[]> => {
  try {
    return await readFichier(file, { secrets, today: ctx.today, find: findPrescripteurs(ctx) })
  } catch (error) {
    if (error instanceof Unreadable) throw new Refused(refuse('import_illisible', error.message), 400)
    throw error
  }
}

/**
 * Takes the file of a take-over. A small one is hashed and judged at once (one that cannot be read is refused, and leaves nothing); a
 * large one waits, sealed, for the job that hashes it. No code is ever at rest in clear.
 */
export const uploadFichier = async (ctx: Ctx, secrets: Secrets, { repriseId, ...file }: Upload & { repriseId: string }) => {
  const row = await readReprise(ctx, repriseId, { lock: true })
  enforce(whyNotDeposit(row))
  const isLarge = file.octets.length > AT_ONCE_OCTETS
  const contenu = isLarge ? sealUpload(secrets, repriseId, file.octets) : null
  const lines = isLarge ? [] : await readNow(ctx, secrets, file)
  const count = await ctx.db.$executeRaw`
    update reprise set statut = ${repriseMachine.deposit.to}, nom = ${file.nom}, message = null, contenu = ${contenu}
     where collectivite_id = ${row.collectivite_id}::uuid and id = ${repriseId}::uuid and statut = ${row.statut}`
  won(count)
  if (isLarge) await enqueue(ctx, 'read-reprise', { repriseId }, jobKey(repriseId))
  else await keepAndJudge(ctx, repriseId, lines)
  return getReprise(ctx, { repriseId })
}

const Payload = z.object({ repriseId: z.uuid() })

const waitingOf = async (job: Job, secrets: Secrets, repriseId: string): Promise<Uint8Array | null> => {
  const sealed = await job.read(async (ctx) => {
    const [row] = await ctx.db.$queryRaw<{ contenu: Uint8Array | null }[]>`
      select contenu from reprise where operateur_id = ${ctx.actor.organisationId}::uuid and id = ${repriseId}::uuid and statut = 'a_lire'`
    return row?.contenu ?? null
  })
  return sealed && openUpload(secrets, repriseId, sealed)
}

/** A file that cannot be read leaves its reason, and nothing else. */
const keepUnreadable = async (ctx: JobCtx, repriseId: string, message: string): Promise<void> => {
  await ctx.db.$executeRaw`
    update reprise set statut = ${repriseMachine.fault.to}, contenu = null, message = ${message}, lignes = 0, fautes = 0, carnets = 0, honores = 0, refuses = 0, montant_centimes = 0
     where operateur_id = ${ctx.actor.organisationId}::uuid and id = ${repriseId}::uuid and statut = 'a_lire'`
}

/** Reads a large file, all of it or nothing: run again after a stop, it finds the file still there, or nothing left to do. */
export const readRepriseFile: Task = async (job, { secrets }) => {
  const { repriseId } = Payload.parse(job.payload)
  const octets = await waitingOf(job, secrets, repriseId)
  if (!octets) return
  const file = { type: typeOf(octets) ?? ('text/csv' as const), octets }
  try {
    const find = (sirets: readonly string[]) => job.read((ctx) => findPrescripteurs(ctx)(sirets))
    // hashed before the transaction: only the lines are written in it
    const lines = await readFichier(file, { secrets, today: job.today, find })
    await job.write({ repriseId }, (ctx) => keepAndJudge(ctx, repriseId, lines))
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    await job.write({ repriseId }, (ctx) => keepUnreadable(ctx, repriseId, error.message))
  }
}
