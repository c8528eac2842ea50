import { access } from 'node:fs/promises'
import type { FileAnswer } from '@pass/contracts/route.ts'
import { type ArchiveStatut, whyNotTakeArchive } from '@pass/domain/archives.ts'
import { parisDay } from '@pass/domain/days.ts'
import type { Ctx } from '../../platform/context.ts'
import type { Deps } from '../../platform/deps.ts'
import { enforce, found } from '../../platform/errors.ts'
import { reach } from '../../platform/reach.ts'
import { unseal } from '../../platform/sealed-file.ts'
import { archiveKey, archivePath } from './archive-files.ts'

const isThere = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  )

/** Gives an archive, as often as asked while it is kept: a copy is for keeping in several places. */
export const takeArchive = async (ctx: Ctx, { archiveId, deps }: { archiveId: string; deps: Deps }): Promise<FileAnswer> => {
  const row = found(await ctx.db.archive.findFirst({ where: { id: archiveId, ...reach(ctx, 'archive') } }))
  const path = archivePath(deps, archiveId)
  const dateDemande = parisDay(row.demandeeAt)
  enforce(whyNotTakeArchive({ statut: row.statut as ArchiveStatut, dateDemande, present: await isThere(path) }, ctx.today))
  const contenu = async () => unseal(path, archiveKey(deps, archiveId))
  return { nom: `archive-${dateDemande}.zip`, type: 'application/zip', contenu }
}
