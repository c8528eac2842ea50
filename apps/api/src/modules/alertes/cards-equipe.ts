import { always, card, type Card, s } from './card.ts'

/** What waits in the team, for whoever administers. */
export const EQUIPE: readonly Card[] = [
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
