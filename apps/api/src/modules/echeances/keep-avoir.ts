import { shareOut } from '@pass/domain/money.ts'
import { formatReference } from '@pass/domain/references.ts'
import { dbDate } from '../../platform/db.ts'
import { found } from '../../platform/errors.ts'
import type { JobCtx } from '../../platform/jobs/job.ts'
import { nextNumber } from '../../platform/numbers.ts'

type Key = { rang: number; nature: string; nom: string; cle_bp: number }

/** Whose books an avoir is of. */
export type Owners = { collectiviteId: string; conventionId: string; operateurId: string }

/** Pass of a lot at face value, or amounts withheld, of no lot. */
export type NewAvoir = {
  echeanceId: string | null
  passExpires: number
  passAnnules: number
  valeurFacialeCentimes: number | null
  retenues: number
  montantCentimes: number
}

const organisme = async (ctx: JobCtx, id: string) =>
  found(await ctx.db.organisation.findUnique({ where: { id }, select: { nom: true, siret: true } }))

/** The shares of an avoir by the key of the convention: they add up to the whole, to the centime. */
const partsOf = async (ctx: JobCtx, { collectiviteId, conventionId, operateurId }: Owners, montantCentimes: number) => {
  const keys = await ctx.db.$queryRaw<
    Key[]
  >`select rang, nature, nom, cle_bp from convention_key(${collectiviteId}::uuid, ${conventionId}::uuid)`
  const shares = shareOut(
    montantCentimes,
    keys.map(({ cle_bp }) => cle_bp),
  )
  return keys.map(({ rang, nature, nom, cle_bp: cleBp }, i) => ({ rang, nature, nom, cleBp, montantCentimes: shares[i]!, operateurId }))
}

/** Writes an avoir under the next number of the year, with its shares. Its money is the caller's to move. Answers its id. */
export const keepAvoir = async (ctx: JobCtx, { collectiviteId, conventionId, operateurId }: Owners, what: NewAvoir): Promise<string> => {
  const annee = Number(ctx.today.slice(0, 4))
  const rang = await nextNumber(ctx, 'avoir_lot', annee)
  const [vendeur, acheteur] = [await organisme(ctx, operateurId), await organisme(ctx, collectiviteId)]
  const { id: avoirId } = await ctx.db.avoir.create({
    data: {
      ...what,
      collectiviteId,
      conventionId,
      operateurId,
      numero: formatReference('AL', annee, rang),
      annee,
      rang,
      dateEmission: dbDate(ctx.today),
      vendeur: vendeur.nom,
      vendeurSiret: vendeur.siret,
      acheteur: acheteur.nom,
      acheteurSiret: acheteur.siret,
      createdAt: ctx.now,
    },
  })
  const parts = await partsOf(ctx, { collectiviteId, conventionId, operateurId }, what.montantCentimes)
  await ctx.db.avoirPart.createMany({ data: parts.map((part) => ({ ...part, collectiviteId, avoirId })) })
  return avoirId
}
