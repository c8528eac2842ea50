import type { Archive } from '@pass/contracts/archives.ts'
import { archiveEndOf, type ArchiveStatut } from '@pass/domain/archives.ts'
import { parisDay } from '@pass/domain/days.ts'
import { z } from 'zod'
import type { Ctx } from '../../platform/context.ts'
import { found } from '../../platform/errors.ts'
import { progressOf } from '../../platform/jobs/enqueue.ts'
import { cursorOf, pageOf, TAILLE } from '../../platform/page.ts'
import type { Archive as Row } from '../../platform/prisma/client.ts'
import { reach } from '../../platform/reach.ts'
import { archiveJob } from './archive-files.ts'

const toArchive = async (ctx: Ctx, row: Row): Promise<Archive> => ({
  id: row.id,
  statut: row.statut as ArchiveStatut,
  demandeeAt: row.demandeeAt.toISOString(),
  preteAt: row.preteAt?.toISOString() ?? null,
  octets: row.octets === null ? null : Number(row.octets),
  empreinte: row.empreinte && Buffer.from(row.empreinte).toString('hex'),
  dateFin: archiveEndOf(parisDay(row.demandeeAt)),
  avancement: row.statut === 'en_preparation' ? await progressOf(ctx, archiveJob(row.id)) : null,
})

export const getArchive = async (ctx: Ctx, archiveId: string): Promise<Archive> =>
  toArchive(ctx, found(await ctx.db.archive.findFirst({ where: { id: archiveId, ...reach(ctx, 'archive') } })))

type Page = { apres?: string | undefined; taille?: number | undefined }

/** Archives, the last one first. */
export const listArchives = async (ctx: Ctx, { apres, taille = TAILLE }: Page) => {
  const after = cursorOf(apres, z.tuple([z.uuid()]))
  const where = reach(ctx, 'archive')
  const rows = await ctx.db.archive.findMany({
    where: { ...where, ...(after && { id: { lt: after[0] } }) },
    orderBy: { id: 'desc' },
    take: taille + 1,
  })
  const page = pageOf(rows, taille, ({ id }) => [id], await ctx.db.archive.count({ where }))
  // one at most is being made: one query more
  const items: Archive[] = []
  for (const row of page.items) items.push(await toArchive(ctx, row))
  return { ...page, items }
}
