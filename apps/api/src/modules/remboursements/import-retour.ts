import { createHash } from 'node:crypto'
import type { RetourBancaire } from '@pass/contracts/remises-bancaires.ts'
import type { Upload } from '@pass/contracts/route.ts'
import { formatDay, parisDay } from '@pass/domain/days.ts'
import { typeOf } from '@pass/domain/pieces.ts'
import { refuse } from '@pass/domain/refusal.ts'
import { RETOUR_LIGNES_MAX } from '@pass/domain/retours.ts'
import { z } from 'zod'
import type { Ctx } from '../../platform/context.ts'
import { Refused } from '../../platform/errors.ts'
import { enqueue } from '../../platform/jobs/enqueue.ts'
import type { Task } from '../../platform/jobs/job.ts'
import { applyRetour, usesOf } from './apply-retour.ts'
import { readRetour, refuseDeclarations } from './read-retour.ts'
import { getRetour } from './retour-queries.ts'

/** Read while the person waits: a file up to this size, about this many uses. Beyond, a job does it. */
const AT_ONCE_OCTETS = 512 * 1024
const AT_ONCE_USES = 5000

/** The same bytes twice would pay twice, were it not for the closed bordereaux: said for what it is. */
const refuseTwice = async (ctx: Ctx, sha256: string) => {
  const [row] = await ctx.db.$queryRaw<{ at: Date }[]>`
    select at from retour_bancaire where operateur_id = ${ctx.actor.organisationId}::uuid and sha256 = ${sha256} and statut <> 'refuse'`
  if (row)
    throw new Refused(
      refuse('retour_deja_importe', `Ce fichier a déjà été importé le ${formatDay(parisDay(row.at))} : rien n’est appliqué de nouveau.`),
    )
}

const open = async (ctx: Ctx, { nom, octets }: Upload): Promise<string> => {
  const sha256 = createHash('sha256').update(octets).digest('hex')
  await refuseTwice(ctx, sha256)
  const [row] = await ctx.db.$queryRaw<{ id: string }[]>`
    insert into retour_bancaire (operateur_id, id, nom, sha256, contenu, utilisateur_id, at)
    values (${ctx.actor.organisationId}::uuid, uuidv7(), ${nom}, ${sha256}, ${Buffer.from(octets)}, ${ctx.actor.utilisateurId}::uuid, ${ctx.now}::timestamptz) returning id`
  return row!.id
}

const later = async (ctx: Ctx, retourId: string): Promise<RetourBancaire> => {
  await enqueue(ctx, 'apply-retour', { retourId }, `retour:${retourId}`)
  return getRetour(ctx, { retourId })
}

const NEWLINE = 0x0a
/** Lines that hold something, its header left out, counted without reading them. */
const linesOf = (octets: Uint8Array): number => {
  let lines = 0
  for (let from = 0; from < octets.length;) {
    const end = octets.indexOf(NEWLINE, from)
    const next = end === -1 ? octets.length : end
    if (next - from > 1) lines++
    from = next + 1
  }
  return lines - 1
}

/** What is wrong at first sight is said at once, however large the file. */
const refuseAtSight = ({ type, octets }: Upload) => {
  if (type !== 'application/xml' && linesOf(octets) > RETOUR_LIGNES_MAX)
    throw new Refused(
      refuse('retour_illisible', 'Ce fichier compte plus de 100 000 lignes. Demandez à votre banque un fichier par jour.'),
      400,
    )
  if (type === 'application/xml') refuseDeclarations(octets)
}

/** Takes a file of the bank: applied at once when it is small (a wrong one is refused and leaves nothing), by a job otherwise. */
export const importRetour = async (ctx: Ctx, file: Upload): Promise<RetourBancaire> => {
  refuseAtSight(file)
  const retourId = await open(ctx, file)
  if (file.octets.length > AT_ONCE_OCTETS) return later(ctx, retourId)
  const retour = readRetour(file)
  if ((await usesOf(ctx, retour)) > AT_ONCE_USES) return later(ctx, retourId)
  await applyRetour(ctx, retourId, retour)
  return getRetour(ctx, { retourId })
}

const Payload = z.object({ retourId: z.uuid() })

/** Reads and applies a large file, whole or not at all. Run again after a stop, it finds the bytes still there, or nothing left to do. */
export const applyRetourFile: Task = async (job) => {
  const { retourId } = Payload.parse(job.payload)
  const octets = await job.read(async (ctx) => {
    const [row] = await ctx.db.$queryRaw<{ contenu: Uint8Array | null }[]>`
      select contenu from retour_bancaire where operateur_id = ${ctx.actor.organisationId}::uuid and id = ${retourId}::uuid and statut = 'a_lire'`
    return row?.contenu ?? null
  })
  if (!octets) return
  try {
    const retour = readRetour({ type: typeOf(octets) ?? 'text/csv', octets })
    await job.write({ retourId }, (ctx) => applyRetour(ctx, retourId, retour))
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    await job.write({ retourId }, async (ctx) => {
      await ctx.db.$executeRaw`update retour_bancaire set statut = 'refuse', contenu = null, message = ${error.refusal.message}
        where operateur_id = ${ctx.actor.organisationId}::uuid and id = ${retourId}::uuid and statut = 'a_lire'`
    })
  }
}
