import type { Facture, factureRoutes } from '@pass/contracts/factures.ts'
import type { Input } from '@pass/contracts/route.ts'
import { type FactureSuivi, type FactureStatut, needsMotif, whyNotFollow } from '@pass/domain/factures.ts'
import type { Ctx } from '../../platform/context.ts'
import { enforce } from '../../platform/errors.ts'
import { getFacture, readFacture } from './facture-queries.ts'
import { moveFacture } from './move-facture.ts'
import { tellReturned } from './notify-facture.ts'
import { lockCommande } from './queries.ts'

type Body = Input<typeof factureRoutes.followFacture>['body']

/** What a document takes from its commande when it is deposited again, under the same number: what the buyer has corrected. */
const correctedBy = async (ctx: Ctx, action: FactureSuivi, commandeId: string) => {
  if (action !== 'redeposit') return {}
  const { numeroMarche, numeroEngagement, codeService, siretFacturation } = await lockCommande(ctx, { commandeId })
  return { numeroMarche, numeroEngagement, codeService, siretFacturation }
}

/** What becomes of a document at the buyer's, as the buyer says it or as its billing portal told the operator. */
export const followFacture = async (ctx: Ctx, { factureId, action, motif }: Body & { factureId: string }): Promise<Facture> => {
  const row = await readFacture(ctx, factureId)
  const statut = row.statut as FactureStatut
  enforce(whyNotFollow(action, { statut, organisation: ctx.actor.organisationType, motif }))
  const data = await correctedBy(ctx, action, row.commandeId)
  const named = { id: row.id, collectiviteId: row.collectiviteId, operateurId: row.operateurId, statut }
  await moveFacture(ctx, named, action, { data, motif: motif ?? null })
  const facture = await getFacture(ctx, { factureId })
  if (needsMotif(action) && ctx.actor.organisationType === 'collectivite') await tellReturned(ctx, facture, motif ?? '')
  return facture
}
