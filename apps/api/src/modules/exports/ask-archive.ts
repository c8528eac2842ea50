import { whyNotAskArchive } from '@pass/domain/archives.ts'
import type { Ctx } from '../../platform/context.ts'
import { enforce } from '../../platform/errors.ts'
import { enqueue, progressOf } from '../../platform/jobs/enqueue.ts'
import { reach } from '../../platform/reach.ts'
import { archiveJob } from './archive-files.ts'
import { getArchive } from './queries.ts'

/** An archive to make, by a job of the same transaction. One whose job is lost is asked again under its own number. */
export const askArchive = async (ctx: Ctx) => {
  const asked = await ctx.db.archive.findFirst({ where: { statut: 'en_preparation', ...reach(ctx, 'archive') } })
  const isAlive = asked !== null && (await progressOf(ctx, archiveJob(asked.id))) !== null
  enforce(whyNotAskArchive({ enPreparation: isAlive }))
  const now = { demandeePar: ctx.actor.utilisateurId, demandeeAt: ctx.now }
  if (asked) await ctx.db.archive.updateMany({ where: { id: asked.id, ...reach(ctx, 'archive') }, data: now })
  const { id } =
    asked ?? (await ctx.db.archive.create({ data: { collectiviteId: ctx.actor.organisationId, ...now }, select: { id: true } }))
  await enqueue(ctx, 'make-archive', { archiveId: id }, archiveJob(id))
  return getArchive(ctx, id)
}
