import type { Commande } from '@pass/contracts/commandes.ts'
import type { factureRoutes } from '@pass/contracts/factures.ts'
import type { Input } from '@pass/contracts/route.ts'
import { COMMANDE_LABELS } from '@pass/domain/commandes.ts'
import { keptSiret, REFERENCES, type References, whyNotReferences, whyNotSiret } from '@pass/domain/facturation.ts'
import { type Refusal, refuse } from '@pass/domain/refusal.ts'
import type { Ctx } from '../../platform/context.ts'
import { enforce } from '../../platform/errors.ts'
import { getFacturation } from './facturation.ts'
import { noteEtape } from './move-commande.ts'
import { getCommande, lockCommande } from './queries.ts'

type Typed = { [Field in keyof References]?: string | null | undefined }

/** The references of an order: as typed, what was not asked taken from the body's own settings; each one that it demands is there. */
export const referencesOf = async (ctx: Ctx, typed: Typed): Promise<References> => {
  enforce(whyNotSiret(typed.siretFacturation ?? null, 'siretFacturation'), 400)
  const settings = await getFacturation(ctx)
  const references = {
    numeroMarche: typed.numeroMarche === undefined ? settings.numeroMarche : typed.numeroMarche,
    numeroEngagement: typed.numeroEngagement ?? null,
    codeService: typed.codeService ?? null,
    siretFacturation: typed.siretFacturation === undefined ? settings.siret : keptSiret(typed.siretFacturation),
  }
  enforce(whyNotReferences(references, settings))
  return references
}

/** References are corrected until the invoice is made, then when it is sent back to be corrected. */
const whyNotSet = ({ statut, facture }: Commande): Refusal | null => {
  if (statut === 'annulee' || statut === 'close')
    return refuse('commande_statut', `Statut « ${COMMANDE_LABELS[statut]} » : ces références ne changent plus.`)
  if (facture === null || facture.statut === 'a_recycler') return null
  return refuse(
    'facture_existante',
    `La facture ${facture.numero} porte déjà ces références : renvoyez-la d’abord à corriger, elle gardera son numéro.`,
  )
}

type Change = Input<typeof factureRoutes.setReferences>['body'] & { commandeId: string }

/** What the buyer wrote, corrected: an invoice sent back takes it when it is deposited again. */
export const setReferences = async (ctx: Ctx, { commandeId, ...body }: Change): Promise<Commande> => {
  const references = await referencesOf(ctx, body)
  const commande = await lockCommande(ctx, { commandeId })
  enforce(whyNotSet(commande))
  if (REFERENCES.every((field) => commande[field] === references[field])) return commande
  await ctx.db.commande.update({
    where: { collectiviteId_id: { collectiviteId: commande.collectivite.id, id: commandeId }, statut: commande.statut },
    data: references,
  })
  await noteEtape(ctx, commande, { acte: 'references' })
  return getCommande(ctx, { commandeId })
}
