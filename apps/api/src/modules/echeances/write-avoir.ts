import type { JobCtx } from '../../platform/jobs/job.ts'
import { reachSql } from '../../platform/reach.ts'
import { post } from '../comptabilite/public.ts'
import { comptesOf } from './comptes.ts'
import { keepAvoir } from './keep-avoir.ts'
import type { LotSuivi } from './queries.ts'

/** What the closing of this lot took out of the circulation, in all its parts. */
const expiredOf = async (ctx: JobCtx, echeanceId: string): Promise<number> => {
  const [row] = await ctx.db.$queryRaw<{ centimes: bigint | null }[]>`
    select sum(t.montant_centimes) as centimes from transfer t where t.objet_id = ${echeanceId}::uuid and t.motif = 'expiration' and ${reachSql(ctx, 'transfer', 't')}`
  return Number(row?.centimes ?? 0)
}

/**
 * The avoir of a lot whose carnets have ended: the face value of the pass that lapsed and of those cancelled before, under the next
 * number of the year, `a_crediter → credite`. A lot that was wholly used, or never active, has none.
 */
export const writeAvoir = async (ctx: JobCtx, lot: LotSuivi, echeanceId: string): Promise<void> => {
  const { collectiviteId, conventionId, operateurId, valeur } = lot
  const passExpires = (await expiredOf(ctx, echeanceId)) / valeur
  const { passAnnules } = (await comptesOf(ctx, lot)).pass
  const montantCentimes = (passExpires + passAnnules) * valeur
  if (montantCentimes === 0) return
  const owners = { collectiviteId, conventionId, operateurId }
  const objetId = await keepAvoir(ctx, owners, {
    echeanceId,
    passExpires,
    passAnnules,
    valeurFacialeCentimes: valeur,
    retenues: 0,
    montantCentimes,
  })
  await post(ctx, [{ ...owners, motif: 'avoir', montantCentimes, objetId }])
}
