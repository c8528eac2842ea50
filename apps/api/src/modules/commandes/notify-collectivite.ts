import type { Commande } from '@pass/contracts/commandes.ts'
import { rolesWith } from '@pass/domain/droits.ts'
import { euros, plural } from '@pass/domain/money.ts'
import { homePath } from '@pass/domain/organisations.ts'
import type { Ctx } from '../../platform/context.ts'
import { notify } from '../../platform/notify.ts'

type News = { code: string; titre: string; texte: string }

/** Those who sign and receive the commandes of the collectivité. */
const tell = (ctx: Ctx, { id, reference, collectivite }: Commande, categorie: 'argent' | 'suivi', { code, titre, texte }: News) =>
  notify(ctx, {
    organisationId: collectivite.id,
    roles: rolesWith('commande:sign'),
    categorie,
    code,
    titre: `Commande ${reference} : ${titre}`,
    texte,
    lien: `${homePath('collectivite')}commandes/${id}`,
  })

/** The operator has your money. */
export const tellEncaissement = (ctx: Ctx, commande: Commande, montantCentimes: number): Promise<number> =>
  tell(ctx, commande, 'argent', {
    code: 'encaissement_recu',
    titre: `${euros(montantCentimes)} reçus`,
    texte: `${commande.operateur.nom} a reçu ${euros(montantCentimes)} pour la commande ${commande.reference}.`,
  })

/** A proof waits for your answer. */
export const tellMaquette = (ctx: Ctx, commande: Commande): Promise<number> =>
  tell(ctx, commande, 'suivi', {
    code: 'maquette_a_valider',
    titre: 'maquette à valider',
    texte: 'Relisez la couverture des carnets. La production commence après votre accord.',
  })

/** The carnets are on their way. */
export const tellShipped = (ctx: Ctx, commande: Commande, colis: number): Promise<number> =>
  tell(ctx, commande, 'suivi', {
    code: 'commande_expediee',
    titre: 'carnets expédiés',
    texte: `${plural(commande.quantite, 'carnet')} en ${plural(colis, 'colis', 'colis')}. Comptez-les à l’arrivée et signalez les manquants.`,
  })
