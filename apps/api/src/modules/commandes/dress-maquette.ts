import { formatPhone, whyNotLogo, whyNotPhone } from '@pass/domain/maquettes.ts'
import { whyNotCommande } from '@pass/domain/commandes.ts'
import { refuse } from '@pass/domain/refusal.ts'
import type { Ctx } from '../../platform/context.ts'
import { enforce } from '../../platform/errors.ts'
import { getProduction } from './production-queries.ts'
import { lockCommande } from './queries.ts'

type Input = { commandeId: string; telephone: string | null; logo?: string | null | undefined }

/** The telephone and the logo of the carnets of an order, as long as its proof is still to be proposed. */
export const dressMaquette = async (ctx: Ctx, { commandeId, telephone, logo }: Input) => {
  if (telephone) enforce(whyNotPhone(telephone), 400)
  const bytes = typeof logo === 'string' ? new Uint8Array(Buffer.from(logo, 'base64')) : null
  if (bytes) enforce(whyNotLogo(bytes), 400)
  const { statut, collectivite, operateur } = await lockCommande(ctx, { commandeId })
  if (whyNotCommande('propose_maquette', { statut }))
    enforce(refuse('commande_statut', 'La couverture se prépare avant de proposer la maquette, ou quand une correction est demandée.'))
  const data = {
    telephone: telephone && formatPhone(telephone),
    ...(logo !== undefined && { logo: bytes }),
    updatedAt: ctx.now,
  }
  const owners = { collectiviteId: collectivite.id, commandeId }
  const { count } = await ctx.db.maquette.updateMany({ where: owners, data })
  if (count === 0) await ctx.db.maquette.create({ data: { ...owners, operateurId: operateur.id, ...data } })
  return getProduction(ctx, { commandeId })
}
