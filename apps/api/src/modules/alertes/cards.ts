import type { Droit } from '@pass/domain/droits.ts'
import type { OrganisationType } from '@pass/domain/organisations.ts'

/** What a card says of its count. `id` is one of the things counted: with only one, the link opens it. */
type Counted = { nombre: number; id: string | null }
type Words = { titre: string; texte: string; lien: string; action: string }
/** A card is shown to who holds the droit of what it asks for, in the order of the list. */
export type Card = { code: string; droit: Droit; mots: (counted: Counted) => Words }

const s = (nombre: number) => (nombre > 1 ? 's' : '')
/** The sheet of the only one, or the list. */
const open =
  (base: string, liste: string) =>
  ({ nombre, id }: Counted) =>
    nombre === 1 && id ? `${base}/${id}` : liste

const commandes = (statut: string) => open('/commandes', `/commandes?statut=${statut}`)
const bordereaux = (statut: string) => open('/bordereaux', `/bordereaux?statut=${statut}`)

type Text = (nombre: number) => string
const card = (code: string, droit: Droit, titre: Text, texte: Text, lien: (counted: Counted) => string, action: string): Card => ({
  code,
  droit,
  mots: (counted) => ({ titre: titre(counted.nombre), texte: texte(counted.nombre), lien: lien(counted), action }),
})

const always = (text: string) => () => text

const COLLECTIVITE: readonly Card[] = [
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
    always('/attributions?statut=envoyee'),
    'Voir les attributions',
  ),
  card(
    'carnets_dormants',
    'carnet:allocate',
    (n) => `${n} carnet${s(n)} dormant${s(n)}`,
    always('Chez un prescripteur depuis plus de 60 jours, sans remise.'),
    always('/stock'),
    'Voir le stock',
  ),
]

const OPERATEUR: readonly Card[] = [
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

const EQUIPE: readonly Card[] = [
  card(
    'recuperation_a_decider',
    'membre:manage',
    (n) => `${n} personne${s(n)} sans second facteur à aider`,
    always('Vérifiez leur identité de vive voix, puis acceptez ou refusez.'),
    always('/compte/equipe#recuperations'),
    'Décider',
  ),
  card(
    'acces_a_revoir',
    'membre:manage',
    (n) => `${n} accès à revoir`,
    always('Pas confirmés depuis 6 mois. Dites s’ils sont toujours justifiés.'),
    always('/compte/equipe'),
    'Revoir les accès',
  ),
  card(
    'second_facteur_manquant',
    'membre:manage',
    (n) => `${n} personne${s(n)} sans second facteur`,
    (n) => `${n > 1 ? 'Leur rôle le demande. Rappelez-leur' : 'Son rôle le demande. Rappelez-lui'} d’en ajouter un depuis « Mon compte ».`,
    always('/compte/equipe'),
    'Voir l’équipe',
  ),
  card(
    'invitation_expiree',
    'membre:manage',
    (n) => `${n} invitation${s(n)} sans réponse`,
    (n) => (n > 1 ? 'Leurs liens ont expiré. Renvoyez-les, ou annulez-les.' : 'Son lien a expiré. Renvoyez-la, ou annulez-la.'),
    always('/compte/equipe#invitations'),
    'Voir les invitations',
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
