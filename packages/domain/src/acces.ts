import { isAdministrator, type Role, ROLES } from './organisations.ts'
import { type Refusal, refuse } from './refusal.ts'

/** What proves a second time who someone is, best first. A passkey asks for the finger or the code of the device: it is both factors. */
export const FACTEURS = ['passkey', 'totp'] as const
export type Facteur = (typeof FACTEURS)[number]

/** Ways to prove again who one is before a grave act. The two last serve only whoever registered no second factor, and stand for none. */
export const PREUVES = ['passkey', 'totp', 'mot_de_passe', 'courriel'] as const
export type Preuve = (typeof PREUVES)[number]

/** How a session was opened. */
export const METHODES = ['proconnect', 'lien', 'passkey', 'mot_de_passe', 'pin', 'demo'] as const
export type Methode = (typeof METHODES)[number]
export const METHODE_LABELS: Record<Methode, string> = {
  proconnect: 'ProConnect',
  lien: 'Lien reçu par courriel',
  passkey: 'Clé d’accès',
  mot_de_passe: 'Mot de passe',
  pin: 'Code du poste partagé',
  demo: 'Démonstration',
}

/** Minutes without use after which a session closes (reliability.md section 6); the database counts them, the screens warn. */
export const INACTIVITE_MINUTES = 30
export const INACTIVITE_GUICHET_MINUTES = 10
/** Minutes before that end when the screen asks whether someone is still there (ux.md A5). */
export const ALERTE_MINUTES = 2
/** Hours after which a session closes, used or not. */
export const DUREE_MAX_HEURES = 10
/** Minutes during which a proof holds. */
export const PREUVE_MINUTES = 10
/** Days during which an invitation may be answered (issue: 7 days, once, for one address). */
export const INVITATION_JOURS = 7
/** Minutes during which a link received by mail opens a session. */
export const LIEN_MINUTES = 15
/** Months after which an access is looked at again by whoever administers (ux.md A53). */
export const REVUE_MOIS = 6

/** Roles that move money or print what is worth money: no session of theirs is whole without a second factor. */
export const ROLES_SECOND_FACTEUR: readonly Role[] = [
  'operateur.gestionnaire',
  'operateur.finance_preparateur',
  'operateur.finance_approbateur',
  'operateur.finance_emetteur',
]

/** True when a session of this role needs a second factor: the role asks for it, or the person registered one. */
export const needsSecondFactor = (role: Role, hasOne: boolean): boolean => hasOne || ROLES_SECOND_FACTEUR.includes(role)

/** Why a factor cannot be taken away: one of the person's roles needs a second factor, and no other would be left. */
export const whyNotRemoveFacteur = ({ roles, autres }: { roles: readonly Role[]; autres: number }): Refusal | null =>
  autres === 0 && roles.some((role) => needsSecondFactor(role, false))
    ? refuse('facteur_exige', 'Votre rôle demande un second facteur\u00a0: ajoutez-en un autre avant de retirer celui-ci.')
    : null

/** The roles that administer the members of their organisation. */
export const ADMINISTRATORS: readonly Role[] = ROLES.filter(isAdministrator)
