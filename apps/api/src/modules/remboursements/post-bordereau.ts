import type { TransferMotif } from '@pass/domain/comptes.ts'
import type { Ctx } from '../../platform/context.ts'
import { post } from '../comptabilite/public.ts'
import type { Held } from './move-bordereau.ts'

type Subtotal = { collectivite_id: string; convention_id: string; operateur_id: string; montant: bigint }

/** Moves the money of a bordereau from one account of its structure to the next: one transfer a convention. */
export const postBordereau = async (ctx: Ctx, { id, structureId }: Held, motif: Extract<TransferMotif, 'bordereau' | 'paiement'>) => {
  const subtotals = await ctx.db.$queryRaw<
    Subtotal[]
  >`select collectivite_id, convention_id, operateur_id, montant_centimes montant from bordereau_convention
    where organisation_id = ${structureId}::uuid and bordereau_id = ${id}::uuid order by collectivite_id, convention_id`
  await post(
    ctx,
    subtotals.map(({ collectivite_id: collectiviteId, convention_id: conventionId, operateur_id: operateurId, montant }) => ({
      motif,
      collectiviteId,
      conventionId,
      operateurId,
      structureId,
      montantCentimes: Number(montant),
      objetId: id,
    })),
  )
}
