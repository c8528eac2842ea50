import type { FileAnswer } from '@pass/contracts/route.ts'
import { isOutreMer } from '@pass/domain/commande-delais.ts'
import { COMMANDE_DELAIS, COMMANDE_LABELS } from '@pass/domain/commandes.ts'
import { parisDay } from '@pass/domain/days.ts'
import { refuse } from '@pass/domain/refusal.ts'
import type { Ctx } from '../../platform/context.ts'
import { found, NotFound, Refused } from '../../platform/errors.ts'
import { pdf } from '../../platform/pdf/document.ts'
import { reaches } from '../../platform/reach.ts'
import { drawBon } from './bon-de-commande.pdf.ts'
import { partieOf, ratesOf } from './draw-devis.ts'
import { getCommande } from './queries.ts'

const delaisOf = async (ctx: Ctx, collectiviteId: string) => {
  const row = found(await ctx.db.organisation.findUnique({ where: { id: collectiviteId }, select: { departement: true } }))
  const { maquetteJours, reponseJours, livraisonJours, livraisonOutreMerJours } = COMMANDE_DELAIS
  return { maquetteJours, reponseJours, livraisonJours: isOutreMer(row.departement) ? livraisonOutreMerJours : livraisonJours }
}

/** The order as signed, for its two parties. */
export const drawBonDeCommande = async (ctx: Ctx, { commandeId }: { commandeId: string }): Promise<FileAnswer> => {
  const commande = await getCommande(ctx, { commandeId })
  if (!reaches(ctx, 'lot')) throw new NotFound()
  const { signataire } = commande
  if (!signataire)
    throw new Refused(
      refuse('commande_statut', `Statut « ${COMMANDE_LABELS[commande.statut]} » : le bon de commande existe une fois le devis signé.`),
    )
  const signed = new Date(commande.etapes.findLast(({ action }) => action === 'signature')?.at ?? commande.createdAt)
  const bon = {
    ...commande,
    ...(await ratesOf(ctx, commande)),
    signataire,
    date: parisDay(signed),
    collectivite: await partieOf(ctx, commande.collectivite.id),
    operateur: await partieOf(ctx, commande.operateur.id),
    delais: await delaisOf(ctx, commande.collectivite.id),
  }
  const titre = `Bon de commande ${commande.reference}`
  return {
    nom: `bon-de-commande-${commande.reference}.pdf`,
    type: 'application/pdf',
    contenu: () => pdf(drawBon, bon, { titre, now: signed }),
  }
}
