import type { Commande } from '@pass/contracts/commandes.ts'
import { rolesWith } from '@pass/domain/droits.ts'
import { countOf, type Plage } from '@pass/domain/plages.ts'
import { plural } from '@pass/domain/money.ts'
import { homePath } from '@pass/domain/organisations.ts'
import { type ReclamationDecision, type ReclamationStatut, RECLAMATION_LABELS, whyNotAnswer } from '@pass/domain/reclamations.ts'
import type { Ctx } from '../../platform/context.ts'
import { enforce, found, won } from '../../platform/errors.ts'
import { fact } from '../../platform/facts.ts'
import { notify } from '../../platform/notify.ts'
import { reach } from '../../platform/reach.ts'
import { getProduction } from './production-queries.ts'

type LotOf = { collectiviteId: string; lotId: string }

/** Carnets of a lot that are not on their way: none of them is received, nor missing. `isLeaving`: their departure is still being written. */
export const whoTravels = async (ctx: Ctx, { lotId }: LotOf): Promise<{ isLeaving: boolean; ecartes: Plage[] }> => {
  const rows = await ctx.db.carnet.findMany({
    where: { lotId, statut: { not: 'expedie' }, ...reach(ctx, 'carnet') },
    select: { serie: true, statut: true },
    orderBy: { serie: 'asc' },
  })
  return {
    isLeaving: rows.some(({ statut }) => statut === 'cree' || statut === 'imprime'),
    ecartes: rows.map(({ serie }) => ({ premiere: Number(serie), derniere: Number(serie) })),
  }
}

/** Blocks the carnets that did not come, and claims them from the operator. */
export const claimMissing = async (ctx: Ctx, commande: Commande, plages: readonly Plage[]): Promise<void> => {
  const collectiviteId = commande.collectivite.id
  const lotId = commande.lot!.id
  const [premieres, dernieres] = [plages.map(({ premiere }) => premiere), plages.map(({ derniere }) => derniere)]
  await ctx.db.$queryRaw`select miss_carnets(${collectiviteId}::uuid, ${lotId}::uuid, ${premieres}::bigint[], ${dernieres}::bigint[])`
  const carnets = countOf(plages)
  const { id } = await ctx.db.reclamation.create({
    data: {
      collectiviteId,
      lotId,
      commandeId: commande.id,
      operateurId: commande.operateur.id,
      seriesPremieres: premieres.map(BigInt),
      seriesDernieres: dernieres.map(BigInt),
      carnets,
      ouvertePar: ctx.actor.utilisateurId,
      ouverteAt: ctx.now,
    },
    select: { id: true },
  })
  await fact(ctx, { sujet: 'reclamation.ouverte', collectiviteId, objet: { reclamationId: id, commandeId: commande.id } })
  await notify(ctx, {
    organisationId: commande.operateur.id,
    roles: rolesWith('commande:produce'),
    categorie: 'suivi',
    code: 'reclamation_ouverte',
    titre: `Commande ${commande.reference} : carnets manquants`,
    texte: `${commande.collectivite.nom} n’a pas reçu ${plural(carnets, 'carnet')}. Ils sont bloqués. Répondez à sa réclamation.`,
    lien: `${homePath('operateur')}commandes/${commande.id}`,
  })
}

type Answer = { reclamationId: string; decision: ReclamationDecision; reponse: string }

/** What the operator says of carnets that did not arrive; once. */
export const answerReclamation = async (ctx: Ctx, { reclamationId, decision, reponse }: Answer) => {
  const claim = found(
    await ctx.db.reclamation.findFirst({
      where: { id: reclamationId, ...reach(ctx, 'reclamation') },
      include: { commande: { select: { reference: true } } },
    }),
  )
  const statut = claim.statut as ReclamationStatut
  enforce(whyNotAnswer({ statut }))
  const { count } = await ctx.db.reclamation.updateMany({
    where: { id: reclamationId, statut },
    data: { statut: decision, reponse, reponduePar: ctx.actor.utilisateurId, repondueAt: ctx.now },
  })
  won(count)
  const { collectiviteId, commandeId, commande } = claim
  await fact(ctx, { sujet: `reclamation.${decision}`, collectiviteId, objet: { reclamationId, commandeId } })
  await notify(ctx, {
    organisationId: collectiviteId,
    roles: rolesWith('commande:receive'),
    categorie: 'suivi',
    code: 'reclamation_repondue',
    titre: `Commande ${commande.reference} : réponse à votre réclamation`,
    texte: `${RECLAMATION_LABELS[decision]}. ${reponse}`,
    lien: `${homePath('collectivite')}commandes/${commandeId}`,
  })
  return getProduction(ctx, { commandeId })
}
