import type { Commande } from '@pass/contracts/commandes.ts'
import type { Facture } from '@pass/contracts/factures.ts'
import { echeanceFacture, type FactureNature, factureNumero, whyNotIssue } from '@pass/domain/factures.ts'
import type { Ctx } from '../../platform/context.ts'
import { dbDate } from '../../platform/db.ts'
import { enforce } from '../../platform/errors.ts'
import { nextNumber } from '../../platform/numbers.ts'
import { partieOf, ratesOf } from './draw-devis.ts'
import { getFacture } from './facture-queries.ts'
import { noteEtape } from './move-commande.ts'
import { followCommande, noteEvenement } from './move-facture.ts'
import { tellFacture } from './notify-facture.ts'
import { getCommande, lockCommande } from './queries.ts'

type Draft = { nature: FactureNature; origineId?: string; motif?: string }

/** What a document says of its commande, as it is this day: nothing of it moves afterwards. */
const contentOf = async (ctx: Ctx, commande: Commande) => {
  const [vendeur, acheteur] = [await partieOf(ctx, commande.operateur.id), await partieOf(ctx, commande.collectivite.id)]
  return {
    quantite: commande.quantite,
    carnetTaille: commande.carnetTaille,
    valeurFacialeCentimes: commande.valeurFacialeCentimes,
    montantCentimes: commande.montantCentimes,
    fraisCentimes: commande.fraisCentimes,
    tvaCentimes: commande.tvaCentimes,
    totalCentimes: commande.totalCentimes,
    numeroMarche: commande.numeroMarche,
    numeroEngagement: commande.numeroEngagement,
    codeService: commande.codeService,
    siretFacturation: commande.siretFacturation,
    ...(await ratesOf(ctx, commande)),
    vendeur: vendeur.nom,
    vendeurSiret: vendeur.siret,
    acheteur: acheteur.nom,
    acheteurSiret: acheteur.siret,
  }
}

/** Writes an invoice or an avoir under the next number of the year; a refusal further on gives the number back. */
export const writeFacture = async (ctx: Ctx, commande: Commande, { nature, origineId, motif }: Draft): Promise<string> => {
  const annee = Number(ctx.today.slice(0, 4))
  const rang = await nextNumber(ctx, nature, annee)
  const owners = { collectiviteId: commande.collectivite.id, operateurId: commande.operateur.id }
  const { id } = await ctx.db.facture.create({
    data: {
      ...owners,
      ...(await contentOf(ctx, commande)),
      commandeId: commande.id,
      nature,
      numero: factureNumero(nature, annee, rang),
      annee,
      rang,
      dateEmission: dbDate(ctx.today),
      dateEcheance: nature === 'facture' ? dbDate(echeanceFacture(ctx.today)) : null,
      origineId: origineId ?? null,
      motif: motif ?? null,
      createdAt: ctx.now,
    },
  })
  await noteEvenement(ctx, { id, ...owners, statut: 'deposee' }, { statut: 'deposee', ...(motif && { motif }) })
  return id
}

const receivedOf = ({ encaissements }: Commande) => encaissements.reduce((sum, { montantCentimes }) => sum + montantCentimes, 0)

/** The invoice of a launched commande; one that is already mandated or paid says so at once. */
export const issueFacture = async (ctx: Ctx, { commandeId }: { commandeId: string }): Promise<Facture> => {
  // under the lock, two invoices at once cannot both be the only one
  const commande = await lockCommande(ctx, { commandeId })
  enforce(whyNotIssue(commande))
  const factureId = await writeFacture(ctx, commande, { nature: 'facture' })
  const billed = await getCommande(ctx, { commandeId })
  await noteEtape(ctx, billed, { acte: 'facture', commentaire: billed.facture!.numero })
  if (receivedOf(commande) >= commande.totalCentimes) await followCommande(ctx, billed, 'pay', 'Fonds déjà reçus')
  else if (commande.numeroMandat) await followCommande(ctx, billed, 'mandate', `Mandat ${commande.numeroMandat}`)
  await tellFacture(ctx, billed)
  return getFacture(ctx, { factureId })
}
