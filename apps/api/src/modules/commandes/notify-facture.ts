import type { Commande } from '@pass/contracts/commandes.ts'
import type { Facture } from '@pass/contracts/factures.ts'
import { rolesWith } from '@pass/domain/droits.ts'
import { FACTURE_LABELS, FACTURE_NATURE_LABELS } from '@pass/domain/factures.ts'
import { euros } from '@pass/domain/money.ts'
import { homePath, roleType } from '@pass/domain/organisations.ts'
import type { Ctx } from '../../platform/context.ts'
import { notify } from '../../platform/notify.ts'

const rolesOf = (type: 'collectivite' | 'operateur', droit: 'facture:follow' | 'facture:issue') =>
  rolesWith(droit).filter((role) => roleType(role) === type)

/** The invoice is there: its number, its amount. */
export const tellFacture = (ctx: Ctx, { reference, collectivite, operateur, facture, totalCentimes }: Commande): Promise<number> =>
  notify(ctx, {
    organisationId: collectivite.id,
    roles: rolesOf('collectivite', 'facture:follow'),
    categorie: 'argent',
    code: 'facture_deposee',
    titre: `Facture ${facture!.numero}\u00a0: ${euros(totalCentimes)} pour la commande ${reference}`,
    texte: `${operateur.nom} a établi la facture ${facture!.numero}. Indiquez le numéro de mandat dès la mise en paiement\u00a0: les carnets s’activent ensuite.`,
    lien: `${homePath('collectivite')}factures/${facture!.id}`,
  })

/** What it gives back, and why. */
export const tellAvoir = (ctx: Ctx, { id, numero, totalCentimes, collectivite, commande, motif }: Facture): Promise<number> =>
  notify(ctx, {
    organisationId: collectivite.id,
    roles: rolesOf('collectivite', 'facture:follow'),
    categorie: 'argent',
    code: 'avoir_etabli',
    titre: `Avoir ${numero}\u00a0: ${euros(totalCentimes)} sur la commande ${commande.reference}`,
    texte: `La commande ${commande.reference} est annulée par avoir. Motif\u00a0: ${motif ?? ''}`,
    lien: `${homePath('collectivite')}factures/${id}`,
  })

/** The buyer sends a document back: the operator has something to do. */
export const tellReturned = (ctx: Ctx, facture: Facture, motif: string): Promise<number> =>
  notify(ctx, {
    organisationId: facture.operateur.id,
    roles: rolesOf('operateur', 'facture:issue'),
    categorie: 'argent',
    code: `facture_${facture.statut}`,
    titre: `${FACTURE_NATURE_LABELS[facture.nature]} ${facture.numero}\u00a0: ${FACTURE_LABELS[facture.statut].toLowerCase()}`,
    texte: `${facture.collectivite.nom}\u00a0: «\u00a0${motif}\u00a0»`,
    lien: `${homePath('operateur')}factures/${facture.id}`,
  })
