import type { OrganisationType } from '@pass/domain/organisations.ts'
import { always, card, type Card, open, s } from './card.ts'
import { COMPTES_BANCAIRES } from './cards-comptes.ts'
import { ECHEANCES_A_ACCORDER, ECHEANCES_A_CLORE, RETENUES_A_CREDITER } from './cards-echeances.ts'
import { EQUIPE } from './cards-equipe.ts'

const commandes = (statut: string) => open('/commandes', `/commandes?statut=${statut}`)
const bordereaux = (statut: string) => open('/bordereaux', `/bordereaux?statut=${statut}`)

const COLLECTIVITE: readonly Card[] = [
  // its days are set: it comes before what can wait
  ECHEANCES_A_ACCORDER,
  card(
    'convention_a_signer',
    'convention:sign',
    (n) => `${n} convention${s(n)} à signer`,
    always('La signature d’un financeur n’est pas encore enregistrée.'),
    open('/conventions', '/conventions?statut=brouillon'),
    'Enregistrer les signatures',
  ),
  card(
    'devis_a_signer',
    'commande:sign',
    (n) => `${n} devis à signer`,
    always('L’opérateur attend votre signature pour préparer les carnets.'),
    commandes('devis'),
    'Signer le devis',
  ),
  card(
    'maquette_a_valider',
    'commande:sign',
    (n) => `${n} maquette${s(n)} à valider`,
    always('La production commence après votre accord.'),
    commandes('maquette_a_valider'),
    'Voir la maquette',
  ),
  card(
    'commande_a_recevoir',
    'commande:receive',
    (n) => `${n} commande${s(n)} à recevoir`,
    always('Comptez les carnets arrivés et signalez les manquants.'),
    commandes('expediee'),
    'Recevoir les carnets',
  ),
  card(
    'facture_a_traiter',
    'facture:follow',
    (n) => `${n} facture${s(n)} reçue${s(n)}`,
    always('Confirmez la réception, ou renvoyez la facture à corriger.'),
    open('/factures', '/factures?statut=deposee'),
    'Voir la facture',
  ),
  card(
    'mandat_a_saisir',
    'commande:mandate',
    (n) => `${n} numéro${s(n)} de mandat à saisir`,
    always('Sans numéro de mandat, l’opérateur ne peut pas activer les carnets.'),
    commandes('livree'),
    'Saisir le numéro',
  ),
  card(
    'attribution_en_route',
    'carnet:allocate',
    (n) => `${n} attribution${s(n)} sans accusé de réception`,
    (n) => `Envoyée${s(n)} depuis plus de 7 jours. Rappelez le prescripteur.`,
    always('/attributions?enRetard=true'),
    'Voir les attributions',
  ),
  card(
    'retour_a_accuser',
    'carnet:acknowledge',
    (n) => `${n} retour${s(n)} de carnets à confirmer`,
    always('Un prescripteur vous renvoie des carnets. Comptez-les à leur arrivée.'),
    open('/attributions', '/attributions?sens=retour&statut=envoyee'),
    'Confirmer la réception',
  ),
  card(
    'carnets_dormants',
    'carnet:allocate',
    (n) => `${n} carnet${s(n)} dormant${s(n)}`,
    always('Chez un prescripteur depuis plus de 60 jours, sans remise.'),
    always('/stock/couverture?niveau=dormant'),
    'Voir qui les garde',
  ),
  card(
    'annulation_a_confirmer',
    'carnet:cancel',
    (n) => `${n} annulation${s(n)} à confirmer`,
    always('Une autre personne que celle qui l’a demandée confirme ou refuse.'),
    always('/annulations?statut=demandee'),
    'Voir les annulations',
  ),
  card(
    'inventaire_a_compter',
    'comptage:make',
    always('Réserve à compter'),
    always('Un inventaire est en cours : comptez les carnets de votre réserve.'),
    always('/inventaires'),
    'Compter la réserve',
  ),
]

const OPERATEUR: readonly Card[] = [
  card(
    'alertes_a_traiter',
    'alerte:decide',
    (n) => `${n} alerte${s(n)} du guichet à traiter`,
    always('Renseignez-vous, puis classez avec votre motif.'),
    always('/alertes?statut=ouverte'),
    'Voir les alertes',
  ),
  card(
    'utilisations_a_examiner',
    'alerte:decide',
    (n) => `${n} utilisation${s(n)} à examiner`,
    (n) => `Lue${s(n)} sans réseau par un appareil dont l’heure est douteuse. Aucun paiement avant votre accord.`,
    always('/a-examiner'),
    'Examiner',
  ),
  ECHEANCES_A_ACCORDER,
  ECHEANCES_A_CLORE,
  card(
    'devis_a_etablir',
    'commande:produce',
    (n) => `${n} devis à établir`,
    always('Une collectivité attend votre devis.'),
    commandes('brouillon'),
    'Établir le devis',
  ),
  card(
    'maquette_a_proposer',
    'commande:produce',
    (n) => `${n} maquette${s(n)} à proposer`,
    always('Le devis est signé, ou une correction est demandée.'),
    open('/commandes', '/commandes?tour=operateur'),
    'Proposer la maquette',
  ),
  card(
    'commande_a_produire',
    'commande:produce',
    (n) => `${n} commande${s(n)} à produire`,
    always('La maquette est validée.'),
    commandes('maquette_validee'),
    'Lancer la production',
  ),
  card(
    'commande_a_expedier',
    'commande:produce',
    (n) => `${n} commande${s(n)} à expédier`,
    always('Les carnets sont en production.'),
    commandes('en_production'),
    'Expédier les carnets',
  ),
  card(
    'facture_a_etablir',
    'facture:issue',
    (n) => `${n} facture${s(n)} à établir`,
    always('La commande est livrée et n’a pas de facture.'),
    commandes('livree'),
    'Établir la facture',
  ),
  card(
    'facture_a_reprendre',
    'facture:issue',
    (n) => `${n} facture${s(n)} à reprendre`,
    always('La collectivité a suspendu la facture ou demande une correction.'),
    always('/factures'),
    'Voir les factures',
  ),
  card(
    'carnets_a_activer',
    'commande:activate',
    (n) => `${n} commande${s(n)} à activer`,
    always('Le mandat est indiqué et des carnets reçus ne sont pas encore actifs.'),
    commandes('livree'),
    'Activer les carnets',
  ),
  card(
    'mois_a_arreter',
    'bordereau:close',
    always('Un mois à arrêter'),
    (n) => `${n} structure${s(n)} à rembourser pour les mois écoulés.`,
    always('/remboursements'),
    'Arrêter le mois',
  ),
  card(
    'bordereaux_a_controler',
    'bordereau:check',
    (n) => `${n} bordereau${n > 1 ? 'x' : ''} à contrôler`,
    always('Comparez les lignes et le compte, puis contrôlez.'),
    bordereaux('arrete'),
    'Contrôler',
  ),
  card(
    'bordereaux_a_approuver',
    'bordereau:approve',
    (n) => `${n} bordereau${n > 1 ? 'x' : ''} à approuver`,
    always('Une autre personne les a préparés.'),
    bordereaux('controle'),
    'Approuver',
  ),
  card(
    'bordereaux_a_transmettre',
    'bordereau:release',
    (n) => `${n} bordereau${n > 1 ? 'x' : ''} à transmettre`,
    always('Le fichier de virement est figé à la transmission.'),
    bordereaux('approuve'),
    'Transmettre à la banque',
  ),
  card(
    'bordereaux_a_payer',
    'bordereau:pay',
    (n) => `${n} virement${s(n)} à constater`,
    always('Indiquez la date d’exécution donnée par la banque.'),
    bordereaux('transmis'),
    'Constater le paiement',
  ),
  RETENUES_A_CREDITER,
  ...COMPTES_BANCAIRES,
]

const PRESCRIPTEUR: readonly Card[] = [
  card(
    'attribution_a_accuser',
    'carnet:acknowledge',
    (n) => `${n} envoi${s(n)} de carnets à confirmer`,
    always('Comptez les carnets reçus : ils ne peuvent pas être remis avant.'),
    always('/attributions'),
    'Confirmer la réception',
  ),
  card(
    'inventaire_a_compter',
    'comptage:make',
    (n) => `${n} inventaire${s(n)} à faire`,
    always('Comptez les carnets de votre stock et notez ceux qui manquent.'),
    always('/inventaire'),
    'Compter les carnets',
  ),
  card(
    'carnets_a_remettre',
    'prescription:create',
    (n) => `${n} carnet${s(n)} à remettre`,
    always('Actifs et en stock chez vous.'),
    always('/remettre'),
    'Remettre un carnet',
  ),
]

const STRUCTURE: readonly Card[] = [
  card(
    'ateliers_du_jour',
    'atelier:read',
    (n) => `${n} atelier${s(n)} aujourd’hui`,
    always('Ouvrez l’atelier pour vérifier et utiliser les pass.'),
    open('/ateliers', '/ateliers'),
    'Ouvrir l’atelier',
  ),
  card(
    'pass_a_payer',
    'lieu:serve',
    (n) => `${n} pass à vous payer`,
    always('Utilisés chez vous, pas encore payés.'),
    always('/remboursements'),
    'Voir ce qui est dû',
  ),
]

const ANCT: readonly Card[] = [
  card(
    'convention_a_signer',
    'convention:sign',
    (n) => `${n} convention${s(n)} à signer pour l’État`,
    always('La part de l’État attend sa signature.'),
    open('/conventions', '/conventions?statut=brouillon'),
    'Signer pour l’État',
  ),
]

// somebody locked out waits before anything else; the rest of the team comes last
const [HELP, ...TEAM] = EQUIPE
const cardsOf = (own: readonly Card[]): readonly Card[] => [HELP!, ...own, ...TEAM]

/** What may wait for a type of organisation. */
export const CARDS: Record<OrganisationType, readonly Card[]> = {
  collectivite: cardsOf(COLLECTIVITE),
  operateur: cardsOf(OPERATEUR),
  prescripteur: cardsOf(PRESCRIPTEUR),
  structure: cardsOf(STRUCTURE),
  anct: cardsOf(ANCT),
  prefecture: EQUIPE,
  hub: EQUIPE,
  financeur: EQUIPE,
}
