import type { Commande } from '@pass/contracts/commandes.ts'
import { ACTE_OF_ACTION, type CommandeActe } from '@pass/domain/commande-actes.ts'
import { echeanceAfter, isOutreMer } from '@pass/domain/commande-delais.ts'
import { type CommandeAction, commandeMachine, type CommandeStatut, whyNotCommande } from '@pass/domain/commandes.ts'
import { next } from '@pass/domain/machine.ts'
import type { Ctx } from '../../platform/context.ts'
import { dbDate } from '../../platform/db.ts'
import { enforce } from '../../platform/errors.ts'
import { fact } from '../../platform/facts.ts'
import type { Prisma } from '../../platform/prisma/client.ts'

type Note = { acte: CommandeActe; statut?: CommandeStatut; commentaire?: string | null }

/** One more line in the history of a commande: who, for which organisation, when, and what was said. */
export const noteEtape = async (
  ctx: Ctx,
  commande: Commande,
  { acte, statut = commande.statut, commentaire = null }: Note,
): Promise<void> => {
  const { prenom, nom, organisationNom } = ctx.actor
  const collectiviteId = commande.collectivite.id
  await ctx.db.commandeEtape.create({
    data: {
      collectiviteId,
      commandeId: commande.id,
      operateurId: commande.operateur.id,
      action: acte,
      statut,
      organisation: organisationNom,
      acteur: `${prenom} ${nom}`,
      commentaire,
      at: ctx.now,
    },
  })
  await fact(ctx, { sujet: `commande.${acte}`, collectiviteId, objet: { commandeId: commande.id } })
}

/** Parcels for a body beyond the sea take longer. */
const isOverseas = async (ctx: Ctx, { collectivite }: Commande): Promise<boolean> => {
  const row = await ctx.db.organisation.findUnique({ where: { id: collectivite.id }, select: { departement: true } })
  return isOutreMer(row?.departement ?? null)
}

type Change = { data?: Prisma.CommandeUpdateInput; commentaire?: string }

/** Every move of a commande: the machine's rule, the update that names the statut it read, the line of history. */
export const moveCommande = async (
  ctx: Ctx,
  commande: Commande,
  action: CommandeAction,
  { data = {}, commentaire }: Change = {},
): Promise<void> => {
  enforce(whyNotCommande(action, commande))
  const statut = next(commandeMachine, action)
  const { today } = ctx
  const echeance = echeanceAfter(action, { today, outreMer: await isOverseas(ctx, commande), echeance: commande.echeance })
  await ctx.db.commande.update({
    where: { collectiviteId_id: { collectiviteId: commande.collectivite.id, id: commande.id }, statut: commande.statut },
    data: { ...data, statut, echeance: echeance && dbDate(echeance) },
  })
  await noteEtape(ctx, commande, { acte: ACTE_OF_ACTION[action], statut, commentaire: commentaire ?? null })
}
