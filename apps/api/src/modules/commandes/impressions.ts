import { join } from 'node:path'
import { mkdir } from 'node:fs/promises'
import type { KeyObject } from 'node:crypto'
import { parisDay } from '@pass/domain/days.ts'
import type { ImpressionFormat, ImpressionStatut } from '@pass/domain/impressions.ts'
import type { Deps } from '../../platform/deps.ts'
import { found } from '../../platform/errors.ts'
import type { JobCtx } from '../../platform/jobs/job.ts'
import { reach } from '../../platform/reach.ts'
import { fileKey } from '../../platform/sealed-file.ts'

/** Where print files wait to be taken, sealed. */
export const impressionsDir = ({ config }: Pick<Deps, 'config'>): string => join(config.filesDir, 'impressions')

/** One of them. Its name is no piece's: whoever sweeps the pieces leaves it. */
export const impressionPath = (deps: Pick<Deps, 'config'>, impressionId: string): string =>
  join(impressionsDir(deps), `${impressionId}.sceau`)

export const makeImpressionsDir = (deps: Pick<Deps, 'config'>) => mkdir(impressionsDir(deps), { recursive: true, mode: 0o700 })

/** The key of a print file comes from the lot's: it dies with it. */
export const impressionKey = (lotKey: KeyObject, impressionId: string): Buffer => fileKey(lotKey, `impression:${impressionId}`)

/** A print file, its lot and the lot's key, which may be gone. */
export const readImpression = async (ctx: Pick<JobCtx, 'db' | 'actor'>, impressionId: string) => {
  const row = found(
    await ctx.db.impression.findFirst({
      where: { id: impressionId, ...reach(ctx, 'impression') },
      include: { lot: { include: { lotCle: true } }, commande: { select: { reference: true } } },
    }),
  )
  return {
    ...row,
    format: row.format as ImpressionFormat,
    statut: row.statut as ImpressionStatut,
    dateRetrait: row.retireeAt && parisDay(row.retireeAt),
  }
}
export type Impression = Awaited<ReturnType<typeof readImpression>>

/** The name that the file is kept under. */
export const nameOf = ({ format, commande }: Pick<Impression, 'format' | 'commande'>): string => `carnets-${commande.reference}.${format}`
