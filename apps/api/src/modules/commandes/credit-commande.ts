import type { Commande } from '@pass/contracts/commandes.ts'
import type { Facture } from '@pass/contracts/factures.ts'
import { whyNotCredit } from '@pass/domain/factures.ts'
import { euros } from '@pass/domain/money.ts'
import { refuse } from '@pass/domain/refusal.ts'
import type { Ctx } from '../../platform/context.ts'
import { enforce, Refused, won } from '../../platform/errors.ts'
import { reach } from '../../platform/reach.ts'
import { lockFonds, post } from '../comptabilite/public.ts'
import { getFacture } from './facture-queries.ts'
import { writeFacture } from './issue-facture.ts'
import { moveCommande } from './move-commande.ts'
import { tellAvoir } from './notify-facture.ts'
import { lockCommande } from './queries.ts'

/** Carnets of the lot that are worth something to somebody: active, at a prescripteur, or on the way to one. */
const engagedIn = (ctx: Ctx, lotId: string) =>
  ctx.db.carnet.count({
    where: {
      lotId,
      OR: [{ activationId: { not: null } }, { prescripteurId: { not: null } }, { destinationId: { not: null } }],
      ...reach(ctx, 'carnet'),
    },
  })

const cancelCarnets = async (ctx: Ctx, commande: Commande, motif: string) => {
  const lotId = commande.lot!.id
  // a lot whose end came unpaid has carnets that ended by themselves
  const left = () => ctx.db.carnet.count({ where: { lotId, statut: { notIn: ['annule', 'expire'] }, ...reach(ctx, 'carnet') } })
  await ctx.db.$queryRaw`
    select cancel_carnets(${commande.collectivite.id}::uuid, ${lotId}::uuid, ${motif}, ${ctx.actor.utilisateurId}::uuid, ${ctx.now}::timestamptz)`
  // one that was engaged at the same instant stays: then nothing is cancelled
  won((await left()) === 0 ? 1 : 0)
}

/** Gives back what was received for the commande, from where it went. */
const giveBack = async (ctx: Ctx, { id: objetId, collectivite, convention, operateur, encaissements }: Commande) => {
  const books = { collectiviteId: collectivite.id, conventionId: convention.id, operateurId: operateur.id }
  const frais = encaissements.reduce((sum, { fraisCentimes }) => sum + fraisCentimes, 0)
  const fonds = encaissements.reduce((sum, { montantCentimes }) => sum + montantCentimes, 0) - frais
  const solde = await lockFonds(ctx, books)
  if (fonds > solde)
    throw new Refused(
      refuse(
        'couverture_insuffisante',
        `Il manque ${euros(fonds - solde)} sur les fonds de la convention : ils ont servi à activer les carnets d’une autre commande.`,
      ),
    )
  const moves = [
    { motif: 'fonds_rendus', montantCentimes: fonds },
    { motif: 'frais_rendus', montantCentimes: frais },
  ] as const
  const due = moves.filter(({ montantCentimes }) => montantCentimes > 0)
  if (due.length > 0)
    await post(
      ctx,
      due.map((move) => ({ ...books, ...move, objetId })),
    )
}

/** Cancels a launched commande by an avoir of its whole invoice: its carnets end, what was received for it goes back. */
export const creditCommande = async (ctx: Ctx, { commandeId, motif }: { commandeId: string; motif: string }): Promise<Facture> => {
  const commande = await lockCommande(ctx, { commandeId })
  const engages = commande.lot ? await engagedIn(ctx, commande.lot.id) : 0
  enforce(whyNotCredit({ ...commande, engages }))
  await cancelCarnets(ctx, commande, motif)
  await giveBack(ctx, commande)
  const factureId = await writeFacture(ctx, commande, { nature: 'avoir', origineId: commande.facture!.id, motif })
  await moveCommande(ctx, commande, 'credit', { commentaire: motif })
  const avoir = await getFacture(ctx, { factureId })
  await tellAvoir(ctx, avoir)
  return avoir
}
