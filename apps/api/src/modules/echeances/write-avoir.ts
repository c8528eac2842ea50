import { shareOut } from '@pass/domain/money.ts'
import { formatReference } from '@pass/domain/references.ts'
import { dbDate } from '../../platform/db.ts'
import { found } from '../../platform/errors.ts'
import type { JobCtx } from '../../platform/jobs/job.ts'
import { nextNumber } from '../../platform/numbers.ts'
import { reachSql } from '../../platform/reach.ts'
import { post } from '../comptabilite/public.ts'
import { comptesOf } from './comptes.ts'
import type { LotSuivi } from './queries.ts'

type Key = { rang: number; nature: string; nom: string; cle_bp: number }

const organisme = async (ctx: JobCtx, id: string) =>
  found(await ctx.db.organisation.findUnique({ where: { id }, select: { nom: true, siret: true } }))

/** What the closing of this lot took out of the circulation, in all its parts. */
const expiredOf = async (ctx: JobCtx, echeanceId: string): Promise<number> => {
  const [row] = await ctx.db.$queryRaw<{ centimes: bigint | null }[]>`
    select sum(t.montant_centimes) as centimes from transfer t where t.objet_id = ${echeanceId}::uuid and t.motif = 'expiration' and ${reachSql(ctx, 'transfer', 't')}`
  return Number(row?.centimes ?? 0)
}

/** The shares of an avoir by the key of the convention: they add up to the whole, to the centime. */
const partsOf = async (ctx: JobCtx, { collectiviteId, conventionId, operateurId }: LotSuivi, montantCentimes: number) => {
  const keys = await ctx.db.$queryRaw<
    Key[]
  >`select rang, nature, nom, cle_bp from convention_key(${collectiviteId}::uuid, ${conventionId}::uuid)`
  const shares = shareOut(
    montantCentimes,
    keys.map(({ cle_bp }) => cle_bp),
  )
  return keys.map(({ rang, nature, nom, cle_bp: cleBp }, i) => ({ rang, nature, nom, cleBp, montantCentimes: shares[i]!, operateurId }))
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
  const annee = Number(ctx.today.slice(0, 4))
  const rang = await nextNumber(ctx, 'avoir_lot', annee)
  const [vendeur, acheteur] = [await organisme(ctx, operateurId), await organisme(ctx, collectiviteId)]
  const { id: objetId } = await ctx.db.avoir.create({
    data: {
      collectiviteId,
      echeanceId,
      conventionId,
      operateurId,
      numero: formatReference('AL', annee, rang),
      annee,
      rang,
      dateEmission: dbDate(ctx.today),
      passExpires,
      passAnnules,
      valeurFacialeCentimes: valeur,
      montantCentimes,
      vendeur: vendeur.nom,
      vendeurSiret: vendeur.siret,
      acheteur: acheteur.nom,
      acheteurSiret: acheteur.siret,
      createdAt: ctx.now,
    },
  })
  const parts = await partsOf(ctx, lot, montantCentimes)
  await ctx.db.avoirPart.createMany({ data: parts.map((part) => ({ ...part, collectiviteId, avoirId: objetId })) })
  await post(ctx, [{ collectiviteId, conventionId, operateurId, motif: 'avoir', montantCentimes, objetId }])
}
