import type { Commande } from '@pass/contracts/commandes.ts'
import { type FactureAction, factureMachine, type FactureStatut } from '@pass/domain/factures.ts'
import { allows, next } from '@pass/domain/machine.ts'
import type { Ctx } from '../../platform/context.ts'
import { won } from '../../platform/errors.ts'
import { fact } from '../../platform/facts.ts'
import type { Prisma } from '../../platform/prisma/client.ts'

type Named = { id: string; collectiviteId: string; operateurId: string; statut: FactureStatut }
type Note = { statut: FactureStatut; motif?: string | null }

/** One more line in the journal of a document: who, for which organisation, when, and why. */
export const noteEvenement = async (
  ctx: Ctx,
  { id, collectiviteId, operateurId }: Named,
  { statut, motif = null }: Note,
): Promise<void> => {
  const { prenom, nom, organisationNom } = ctx.actor
  await ctx.db.factureEvenement.create({
    data: {
      collectiviteId,
      factureId: id,
      operateurId,
      statut,
      organisation: organisationNom,
      acteur: `${prenom} ${nom}`,
      motif,
      at: ctx.now,
    },
  })
  await fact(ctx, { sujet: `facture.${statut}`, collectiviteId, objet: { factureId: id } })
}

type Change = { data?: Prisma.FactureUpdateManyMutationInput; motif?: string | null }

/** Every move of a document: the update that names the statut it read, and the line of its journal. Its rule was asked before. */
export const moveFacture = async (
  ctx: Ctx,
  facture: Named,
  action: FactureAction,
  { data = {}, motif = null }: Change = {},
): Promise<void> => {
  const statut = next(factureMachine, action)
  const { collectiviteId, id } = facture
  const { count } = await ctx.db.facture.updateMany({ where: { collectiviteId, id, statut: facture.statut }, data: { ...data, statut } })
  won(count)
  await noteEvenement(ctx, facture, { statut, motif })
}

/** The invoice of a commande follows what happens to it: the mandat, the funds. Nothing when it has none, or is further already. */
export const followCommande = async (ctx: Ctx, commande: Commande, action: 'mandate' | 'pay', motif: string): Promise<void> => {
  const { facture, collectivite, operateur } = commande
  if (!facture || !allows(factureMachine, action, facture.statut)) return
  await moveFacture(ctx, { ...facture, collectiviteId: collectivite.id, operateurId: operateur.id }, action, { motif })
}
